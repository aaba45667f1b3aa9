package dev.cutover.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaks text into lines of bearable length. */
final class Wrap {

  /** With Maven's {@code [ERROR] } before it a line stays within 100 columns. */
  static final int WIDTH = 92;

  /** A command is to be copied, so it stays on one line. */
  private static final Pattern COMMAND = Pattern.compile("mvnw? \\S+(?: -\\S+)*");

  private static final char GLUE = '\uE000';

  private Wrap() {}

  /** {@code text} at most {@code width} wide where its words allow; its own line ends are kept. */
  static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    text.strip().lines().forEach(line -> wrap(line.strip(), width, lines));
    return lines;
  }

  /** {@code label}, then {@code text} wrapped beside it, further lines aligned below the first. */
  static List<String> beside(String label, String text) {
    List<String> lines = new ArrayList<>();
    String lead = label;
    for (String line : lines(text, Math.max(40, WIDTH - label.length()))) {
      lines.add(lead + line);
      lead = " ".repeat(label.length());
    }
    return lines;
  }

  /** {@code text} wrapped, further lines indented by {@code indent}. */
  static List<String> hanging(String text, String indent) {
    List<String> lines = new ArrayList<>(lines(text, WIDTH - indent.length()));
    lines.subList(1, lines.size()).replaceAll(line -> indent + line);
    return lines;
  }

  private static void wrap(String text, int width, List<String> lines) {
    String glued = COMMAND.matcher(text).replaceAll(m -> glue(m.group()));
    StringBuilder line = new StringBuilder();
    for (String word : glued.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(unglue(line));
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(unglue(line));
  }

  private static String glue(String command) {
    return Matcher.quoteReplacement(command.replace(' ', GLUE));
  }

  private static String unglue(CharSequence line) {
    return line.toString().replace(GLUE, ' ');
  }
}
