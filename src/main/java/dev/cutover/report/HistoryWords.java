package dev.cutover.report;

import dev.cutover.domain.HistoryLine;
import java.util.ArrayList;
import java.util.List;

/** One host's past as {@code deploy:history} shows it, the newest last. */
final class HistoryWords {

  private HistoryWords() {}

  static List<Line> of(String host, List<HistoryLine> history) {
    List<Line> lines = new ArrayList<>();
    lines.add(Line.info(""));
    lines.add(Line.info(host + (history.isEmpty() ? ": no run yet" : "")));
    Table table = new Table();
    if (!history.isEmpty()) {
      table.row("when (UTC)", "goal", "release", "before", "version", "outcome", "by");
    }
    for (HistoryLine line : history) {
      table.row(
          Figures.minute(line.at()),
          line.goal(),
          line.to().orElse("-"),
          line.from().orElse("-"),
          line.version(),
          line.outcome().map(Enum::name).orElse("(no end)"),
          line.owner());
    }
    table.lines().forEach(row -> lines.add(Line.info(row)));
    return lines;
  }
}
