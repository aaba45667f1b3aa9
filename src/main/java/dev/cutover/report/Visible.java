package dev.cutover.report;

/**
 * Text from a host as it may be shown: what would steer a terminal, break a line or reorder it is
 * written out as an escape, so that a remote command can neither hide nor forge a line.
 */
final class Visible {

  /** Longer lines are cut: a build that prints a minified file would bury everything else. */
  static final int LONGEST = 2000;

  private static final String TAB = "    ";

  private Visible() {}

  static String of(String text) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), LONGEST) + 16);
    int at = 0;
    while (at < text.length() && shown.length() < LONGEST) {
      int point = text.codePointAt(at);
      if (point == '\t') {
        shown.append(TAB);
      } else if (steers(point)) {
        shown.append(escape(point));
      } else {
        shown.appendCodePoint(point);
      }
      at += Character.charCount(point);
    }
    if (at < text.length()) {
      shown.append(" ... (").append(text.length() - at).append(" more characters)");
    }
    return shown.toString();
  }

  private static boolean steers(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static String escape(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      default ->
          point <= 0xff ? String.format("\\x%02x", point) : String.format("\\u{%04x}", point);
    };
  }
}
