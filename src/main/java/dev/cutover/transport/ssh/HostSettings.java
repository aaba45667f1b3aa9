package dev.cutover.transport.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What ssh_config says about one host. Absent means that nothing was said.
 *
 * @param hostName what to connect to; the name the user gave when nothing is said
 * @param jumps hosts to go through in turn, as written: {@code [user@]host[:port]}
 */
record HostSettings(
    String alias,
    String hostName,
    Optional<Integer> port,
    Optional<String> user,
    List<String> identityFiles,
    boolean identitiesOnly,
    List<String> jumps,
    List<String> knownHosts,
    Optional<String> hostKeyAlias,
    boolean proxyCommand,
    Path home) {

  HostSettings {
    identityFiles = List.copyOf(identityFiles);
    jumps = List.copyOf(jumps);
    knownHosts = List.copyOf(knownHosts);
  }

  /** A file name with {@code ~} and the tokens {@code %d %h %n %p %r %u %%} expanded. */
  Path file(String name, int realPort, String realUser) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '%' || i + 1 == name.length()) {
        path.append(c);
        continue;
      }
      char token = name.charAt(++i);
      switch (token) {
        case 'd' -> path.append(home);
        case 'h' -> path.append(hostName);
        case 'n' -> path.append(alias);
        case 'p' -> path.append(realPort);
        case 'r' -> path.append(realUser);
        case 'u' -> path.append(System.getProperty("user.name", ""));
        case '%' -> path.append('%');
        default -> path.append('%').append(token);
      }
    }
    return home.resolve(underHome(path.toString(), home));
  }

  static String underHome(String name, Path home) {
    if (name.equals("~")) {
      return home.toString();
    }
    return name.startsWith("~/") ? home.resolve(name.substring(2)).toString() : name;
  }

  /** Gathers lines in their order; the first value of a keyword wins, but files add up. */
  static final class Collector {
    private final Map<String, String> first = new HashMap<>();
    private final List<String> identityFiles = new ArrayList<>();
    private final List<String> knownHosts = new ArrayList<>();

    void add(SshConfigLine line) {
      if (line.words().isEmpty()) {
        return;
      }
      switch (line.keyword()) {
        case "identityfile" -> identityFiles.add(line.words().get(0));
        case "userknownhostsfile" -> {
          if (knownHosts.isEmpty()) {
            knownHosts.addAll(line.words());
          }
        }
        default -> first.putIfAbsent(line.keyword(), line.words().get(0));
      }
    }

    HostSettings collect(String host, Path home) {
      String name = first.getOrDefault("hostname", host);
      String proxy = first.getOrDefault("proxyjump", "none");
      return new HostSettings(
          host,
          name.replace("%h", host).replace("%n", host).replace("%%", "%"),
          Optional.ofNullable(first.get("port")).flatMap(Collector::port),
          Optional.ofNullable(first.get("user")),
          identityFiles.stream().filter(file -> !file.equalsIgnoreCase("none")).toList(),
          first.getOrDefault("identitiesonly", "no").equalsIgnoreCase("yes"),
          proxy.equalsIgnoreCase("none") ? List.of() : List.of(proxy.split(",", -1)),
          knownHosts.stream().filter(file -> !file.equalsIgnoreCase("none")).toList(),
          Optional.ofNullable(first.get("hostkeyalias")),
          !first.getOrDefault("proxycommand", "none").equalsIgnoreCase("none"),
          home);
    }

    private static Optional<Integer> port(String text) {
      return text.matches("[0-9]{1,5}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
  }
}
