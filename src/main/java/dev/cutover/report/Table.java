package dev.cutover.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows whose cells stand below each other, two spaces between columns. */
final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  Table row(String... cells) {
    rows.add(Arrays.asList(cells));
    return this;
  }

  /** The rows as text, each as wide as it needs, none with trailing space. */
  List<String> lines() {
    int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> text(row, widths)).toList();
  }

  private static String text(List<String> row, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      text.append(i == 0 || widths[i] == 0 ? "" : "  ").append(pad(row.get(i), widths[i]));
    }
    return text.toString().stripTrailing();
  }

  /** {@code text} and as many spaces as it takes to be {@code width} wide. */
  static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
