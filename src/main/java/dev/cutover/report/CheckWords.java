package dev.cutover.report;

import dev.cutover.event.DeployEvent.Checked;
import dev.cutover.event.DeployEvent.DriftRead;
import java.util.ArrayList;
import java.util.List;

/** What {@code deploy:check} and {@code deploy:verify} found on a host. */
final class CheckWords {

  /** So many paths tell what is going on; a release overwritten whole would list thousands. */
  private static final int MOST_PATHS = 20;

  private CheckWords() {}

  static List<Line> of(Checked checked) {
    List<Line> lines = new ArrayList<>();
    boolean ready = checked.problems().isEmpty();
    lines.add(
        ready
            ? Line.info("  " + checked.host() + "  ready")
            : Line.error("  " + checked.host() + "  NOT ready"));
    for (String problem : checked.problems()) {
      Wrap.beside("    problem  ", problem).forEach(line -> lines.add(Line.error(line)));
    }
    for (String note : checked.notes()) {
      Wrap.beside("    note     ", note).forEach(line -> lines.add(Line.info(line)));
    }
    return lines;
  }

  static List<Line> of(DriftRead drift) {
    String head = "  " + drift.host() + "  " + drift.release() + "  ";
    if (drift.changed().isEmpty() && drift.missing().isEmpty() && drift.added().isEmpty()) {
      return List.of(Line.info(head + "as it was released"));
    }
    List<Line> lines = new ArrayList<>();
    lines.add(
        Line.error(
            head
                + "DRIFTED: %s changed, %s missing, %s added"
                    .formatted(
                        Figures.count(drift.changed().size()),
                        Figures.count(drift.missing().size()),
                        Figures.count(drift.added().size()))));
    paths("changed", drift.changed(), lines);
    paths("missing", drift.missing(), lines);
    paths("added", drift.added(), lines);
    return lines;
  }

  private static void paths(String label, List<String> paths, List<Line> lines) {
    String lead = "    " + Table.pad(label, 9);
    paths.stream().limit(MOST_PATHS).forEach(path -> lines.add(Line.error(lead + path)));
    if (paths.size() > MOST_PATHS) {
      lines.add(
          Line.error(lead + "and " + Figures.count(paths.size() - (long) MOST_PATHS) + " more"));
    }
  }
}
