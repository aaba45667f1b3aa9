package dev.cutover.transport.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What OpenSSH's client configuration says about a host: {@code Host} blocks with patterns and
 * negation, {@code Include}, the first value of a keyword wins. {@code Match all} applies; any
 * other {@code Match} block is skipped with a notice, for its conditions may run commands.
 */
final class SshConfig {

  private static final int DEEPEST_INCLUDE = 16;

  private final Path home;
  private final Consumer<String> notices;
  private final Set<String> noticed = ConcurrentHashMap.newKeySet();

  SshConfig(Path home, Consumer<String> notices) {
    this.home = home;
    this.notices = notices;
  }

  /** What {@code home/.ssh/config} says about a host as the user named it. */
  HostSettings of(String host) {
    HostSettings.Collector collector = new HostSettings.Collector();
    apply(home.resolve(".ssh").resolve("config"), host, collector, 0);
    return collector.collect(host, home);
  }

  private void apply(Path file, String host, HostSettings.Collector to, int depth) {
    boolean active = true;
    int number = 0;
    for (String text : read(file)) {
      number++;
      SshConfigLine line = SshConfigLine.parse(text);
      String words = String.join(" ", line.words());
      switch (line.keyword()) {
        case "" -> {}
        case "host" -> active = HostPatterns.match(line.words(), host);
        case "match" -> {
          active = words.equalsIgnoreCase("all");
          if (!active) {
            notice("%s line %d: the block 'Match %s' is ignored".formatted(file, number, words));
          }
        }
        case "include" -> {
          if (active && depth < DEEPEST_INCLUDE) {
            line.words().forEach(name -> include(name, host, to, depth));
          }
        }
        default -> {
          if (active) {
            to.add(line);
          }
        }
      }
    }
  }

  private void include(String name, String host, HostSettings.Collector to, int depth) {
    Path path = home.resolve(".ssh").resolve(HostSettings.underHome(name, home));
    Path directory = path.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return;
    }
    String glob = String.valueOf(path.getFileName());
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
      found.forEach(files::add);
    } catch (IOException | DirectoryIteratorException e) {
      notice(path + " could not be included: " + e.getMessage());
    }
    files.stream().sorted().forEach(file -> apply(file, host, to, depth + 1));
  }

  private List<String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      // Byte for byte: a file in another encoding must not fail for a comment.
      return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException e) {
      notice(file + " could not be read and is ignored: " + e.getMessage());
      return List.of();
    }
  }

  private void notice(String text) {
    if (noticed.add(text)) {
      notices.accept(text);
    }
  }
}
