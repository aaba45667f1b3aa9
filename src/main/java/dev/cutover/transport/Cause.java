package dev.cutover.transport;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells from the words of the tools, which speak the C locale, why a host could not do it. */
final class Cause {

  private static final Map<String, String> WORDS =
      Map.of(
          "no space left on device", "space",
          "read-only file system", "read-only",
          "quota exceeded", "quota",
          "permission denied", "permission",
          "operation not permitted", "permission");

  private Cause() {}

  /**
   * {@code space}, {@code inodes}, {@code read-only}, {@code quota} or {@code permission}.
   *
   * @param noInodes whether the file system counts inodes and has none left
   */
  static Optional<String> of(String message, boolean noInodes) {
    String lower = message.toLowerCase(Locale.ROOT);
    return WORDS.entrySet().stream()
        .filter(word -> lower.contains(word.getKey()))
        .map(Map.Entry::getValue)
        .map(cause -> cause.equals("space") && noInodes ? "inodes" : cause)
        .sorted(Comparator.reverseOrder())
        .findFirst();
  }
}
