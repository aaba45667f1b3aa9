package dev.cutover.transport;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The only place where a value becomes part of a shell's text. */
public final class Shell {

  private Shell() {}

  /**
   * {@code value} as one POSIX word that expands to exactly it.
   *
   * @throws IllegalArgumentException if it holds a NUL, which no shell can carry
   */
  public static String quote(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a value with a NUL character");
    }
    return "'" + value.replace("'", "'\\''") + "'";
  }

  /** One assignment a line, in the map's order. */
  static String assignments(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> name(value.getKey()) + "=" + quote(value.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  /** One {@code export} a line, in the order of names. */
  static String exports(Map<String, String> environment) {
    return environment.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(value -> "export " + name(value.getKey()) + "=" + quote(value.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  /**
   * A command line that every login shell, csh and fish included, reads alike: it runs {@code
   * command}, a constant without single quotes and exclamation marks, in {@code directory}.
   */
  static String inDirectory(String directory, String command) {
    StringBuilder octal = new StringBuilder();
    for (byte b : directory.getBytes(StandardCharsets.UTF_8)) {
      octal.append("\\0%03o".formatted(b & 0xff));
    }
    return "exec /bin/sh -c 'cd \"$(printf %b \"" + octal + "\")\" && " + command + "'";
  }

  private static String name(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("not the name of a variable: '" + name + "'");
    }
    return name;
  }
}
