package dev.cutover.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The host scripts among the resources. */
final class Scripts {

  private static final String FOLDER = "/dev/cutover/host/";

  private Scripts() {}

  /** A script's text without its comment lines, ready to be sent. */
  static String text(String name) {
    return raw(name)
        .lines()
        .filter(line -> !line.stripLeading().startsWith("#") && !line.isBlank())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** A script's text as the body of a function. */
  static String function(String function, String name) {
    return function + "() {\n" + text(name) + "}\n";
  }

  private static String raw(String name) {
    try (InputStream in = Scripts.class.getResourceAsStream(FOLDER + name + ".sh")) {
      if (in == null) {
        throw new IllegalArgumentException("no host script is called " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
