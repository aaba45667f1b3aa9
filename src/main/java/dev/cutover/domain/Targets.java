package dev.cutover.domain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads targets: {@code sftp://user@host:port/srv/shop}, {@code sftp://host/~/shop} below the home,
 * {@code file:///srv/shop} for this machine. Everything may be percent-encoded; {@code ?} and
 * {@code #} in a path must be.
 */
public final class Targets {

  /** The longest path macOS takes; a release needs room below it. */
  private static final int LONGEST_PATH = 1024;

  private static final int LONGEST_SEGMENT = 255;
  private static final Pattern URL =
      Pattern.compile("(?<scheme>[A-Za-z]+):(?://(?<authority>[^/]*))?(?<path>/.*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:(?<user>[^@]*)@)?(?<host>\\[[^\\[\\]@]*]|[^:@\\[\\]]*)(?::(?<port>[^:@]*))?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");
  private static final Pattern IPV6 =
      Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9_.-]{1,32})?");

  private Targets() {}

  /**
   * Reads one target.
   *
   * @throws IllegalArgumentException whose message says what is wrong; it never repeats a password
   */
  public static Target parse(String url) {
    require(url.codePoints().noneMatch(Character::isISOControl), "has a control character");
    Matcher m = URL.matcher(url);
    String scheme = m.matches() ? m.group("scheme").toLowerCase(Locale.ROOT) : "";
    require(
        scheme.equals("sftp") || scheme.equals("file"),
        "is not a target: write sftp://user@host/srv/shop or file:///srv/shop");
    String authority = Optional.ofNullable(m.group("authority")).orElse("");
    Optional<String> path = Optional.ofNullable(m.group("path"));
    if (scheme.equals("file")) {
      require(
          authority.isEmpty() || authority.equals("localhost"),
          "names a machine: file:// is always this one; write file:///srv/shop");
      return new Target.Local(root(path), url);
    }
    return ssh(authority, path, url);
  }

  /** Whether {@code url}, as a journal has it, names this target, however it is spelled. */
  public static boolean same(String url, Target target) {
    return place(url).equals(target.lockOrder());
  }

  /** The host and port a target names, without its root. */
  public static String machine(String url) {
    String place = place(url);
    return place.substring(0, Math.max(0, place.indexOf(':', place.indexOf(':') + 1)));
  }

  private static String place(String url) {
    try {
      return parse(url).lockOrder();
    } catch (IllegalArgumentException e) {
      return url;
    }
  }

  private static Target ssh(String authority, Optional<String> path, String url) {
    int at = authority.lastIndexOf('@');
    boolean password =
        at >= 0
            ? authority.substring(0, at).contains(":")
            // A slash in the password ended the authority early.
            : path.orElse("").contains("@") && authority.matches("[^\\[:]*:.*[^0-9].*");
    require(
        !password,
        "holds a password: give it as CUTOVER_PASSWORD or as a <server> of settings.xml");
    Matcher m = AUTHORITY.matcher(authority);
    require(m.matches(), "has no host that can be read: write sftp://user@host:port/srv/shop");
    Optional<String> user = Optional.ofNullable(m.group("user")).map(Targets::decode);
    require(
        user.map(u -> !u.isEmpty() && !u.startsWith("-") && !u.contains("@")).orElse(true),
        "has a user that cannot be used: it is empty, starts with '-' or holds '@'");
    return new Target.Ssh(host(m.group("host")), user, port(m.group("port")), root(path), url);
  }

  private static String host(String text) {
    boolean brackets = text.startsWith("[");
    String host = brackets ? decode(text.substring(1, text.length() - 1)) : text;
    require(
        (brackets ? IPV6 : NAME).matcher(host).matches(),
        "has no usable host: write a DNS name, an alias of ssh_config, an IPv4 address or [an IPv6"
            + " address]");
    return host.toLowerCase(Locale.ROOT);
  }

  private static OptionalInt port(@Nullable String text) {
    if (text == null) {
      return OptionalInt.empty();
    }
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    require(port >= 1 && port <= 65_535, "has a port that is not a number from 1 to 65535");
    return OptionalInt.of(port);
  }

  private static Target.Root root(Optional<String> path) {
    String raw = path.orElse("/");
    require(
        raw.indexOf('?') < 0 && raw.indexOf('#') < 0,
        "has a '?' or '#' in its path: write %3F or %23");
    boolean home = raw.startsWith("/~/") || raw.equals("/~");
    require(home || !raw.startsWith("/~"), "names another user's home: only /~/ is known");
    String below = home ? raw.substring(2) : raw;
    String text = decode(below.length() > 1 && below.endsWith("/") ? cut(below) : below);
    require(text.length() > 1, "needs a directory of its own, e.g. /srv/shop or /~/shop");
    require(
        text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH,
        "has a path longer than " + LONGEST_PATH + " bytes");
    for (String segment : text.substring(1).split("/", -1)) {
      require(
          !segment.isEmpty() && !segment.equals(".") && !segment.equals(".."),
          "has a path with an empty, '.' or '..' segment");
      require(
          segment.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SEGMENT,
          "has a name longer than " + LONGEST_SEGMENT + " bytes in its path");
    }
    return home
        ? new Target.Root.UnderHome(text.substring(1))
        : new Target.Root.Absolute(new RemotePath(text));
  }

  private static String cut(String text) {
    return text.substring(0, text.length() - 1);
  }

  private static String decode(String text) {
    String decoded = PercentDecoder.decode(text);
    require(decoded.codePoints().noneMatch(Character::isISOControl), "has a control character");
    return decoded;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
