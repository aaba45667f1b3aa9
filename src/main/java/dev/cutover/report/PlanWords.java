package dev.cutover.report;

import dev.cutover.domain.PlanView;
import java.util.ArrayList;
import java.util.List;

/** A plan as {@code deploy:plan} shows it: each step with what it does and how it is undone. */
final class PlanWords {

  private static final String UNDO = "undo: ";

  private PlanWords() {}

  /**
   * The lines of {@code plan}.
   *
   * @param hosts all hosts of the run; a step that runs on every one of them does not list them
   */
  static List<Line> of(PlanView plan, List<String> hosts) {
    if (plan.steps().isEmpty()) {
      return List.of(Line.info("  nothing to do"));
    }
    Table heads = new Table();
    int number = 0;
    for (PlanView.Step step : plan.steps()) {
      number++;
      boolean all = hosts.size() > 1 && step.hosts().containsAll(hosts);
      heads.row(
          "  %2d".formatted(number),
          step.stage(),
          step.name().equals(step.stage()) ? "" : step.name(),
          all ? "all hosts" : String.join(", ", step.hosts()));
    }
    List<Line> lines = new ArrayList<>();
    List<String> rows = heads.lines();
    for (int i = 0; i < rows.size(); i++) {
      PlanView.Step step = plan.steps().get(i);
      lines.add(Line.info(rows.get(i)));
      below("", step.does(), lines);
      below(UNDO, step.undo(), lines);
    }
    return lines;
  }

  private static void below(String label, String text, List<Line> lines) {
    if (!text.isBlank()) {
      Wrap.beside("        " + label, text).forEach(line -> lines.add(Line.info(line)));
    }
  }
}
