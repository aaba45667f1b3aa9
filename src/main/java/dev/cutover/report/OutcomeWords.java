package dev.cutover.report;

import dev.cutover.domain.Goal;
import dev.cutover.domain.OutcomeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a run ended: for a failure its three-part account, and always the outcome line. */
final class OutcomeWords {

  private static final String HAPPENED = "  happened   ";
  private static final String STATE = "  state now  ";
  private static final String NEXT = "  next       ";

  private final OutcomeReport report;
  private final List<String> hosts;

  /**
   * The words for {@code report}.
   *
   * @param hosts every host the run was about; one the report leaves out is said to be unread
   */
  OutcomeWords(OutcomeReport report, List<String> hosts) {
    this.report = report;
    this.hosts = hosts;
  }

  /** The lines, the outcome line last. */
  List<Line> lines(int warnings) {
    List<Line> lines = new ArrayList<>();
    if (report.success()) {
      if (!report.next().isBlank()) {
        Wrap.beside("  next: ", report.next()).forEach(line -> lines.add(Line.info(line)));
      }
      lines.add(Line.info(outcome() + warned(warnings)));
    } else {
      lines.add(Line.error(""));
      account().forEach(line -> lines.add(Line.error(line)));
      lines.add(Line.error(outcome() + warned(warnings)));
    }
    return lines;
  }

  private List<String> account() {
    List<String> lines = new ArrayList<>();
    lines.add(headline());
    lines.addAll(
        Wrap.beside(
            HAPPENED, report.happened().isBlank() ? "no cause is known" : report.happened()));
    String label = STATE;
    for (String state : new StateWords(report, hosts).lines()) {
      lines.addAll(Wrap.beside(label, state));
      label = " ".repeat(STATE.length());
    }
    lines.addAll(Wrap.beside(NEXT, report.next().isBlank() ? "mvn deploy:status" : report.next()));
    return lines;
  }

  private String headline() {
    String release = report.release().map(id -> "release " + id).orElse("the release");
    String failed =
        switch (report.goal()) {
          case ROLLBACK -> "The rollback did NOT happen.";
          case STAGE -> sentence(release + " is NOT staged.");
          case RELEASE, ACTIVATE -> sentence(release + " is NOT live.");
          default -> goal() + " did NOT succeed.";
        };
    return switch (report.outcome()) {
      case NOTHING_CHANGED ->
          report.hosts().isEmpty() || looks()
              ? "Nothing was changed: " + reason()
              : sentence(goal() + " did not begin.");
      case REVERT_FAILED ->
          report.goal() == Goal.DISCARD || report.goal() == Goal.UNLOCK
              ? goal() + " did NOT succeed everywhere."
              : sentence(release + " failed, and putting back failed too.");
      case IN_DOUBT ->
          report.goal() == Goal.ROLLBACK
              ? "A migration may be half taken back."
              : "A migration of " + release + " may be half applied.";
      case OUTCOME_UNKNOWN -> "It is NOT known how " + goal() + " ended.";
      case MIXED -> "The hosts are NOT all on one release.";
      case DRIFTED -> "A live release is NOT what was released.";
      default -> failed;
    };
  }

  private String outcome() {
    String on = hosts.isEmpty() ? "" : " on " + String.join(", ", hosts);
    String took = " in " + Figures.duration(report.duration());
    String id = report.release().map(release -> " " + release).orElse("");
    String before = before();
    String word = report.outcome().name();
    return switch (report.outcome()) {
      case RELEASED -> word + id + on + took + " (before: " + before + ")";
      case ROLLED_BACK, RESTORED ->
          word + (id.isEmpty() ? "" : " to" + id) + on + took + " (before: " + before + ")";
      case STAGED -> word + id + on + took + " (live: " + before + ")";
      case NOTHING_CHANGED -> word + nothing() + on + took;
      case REVERTED -> word + " " + goal() + id + on + took + live();
      default -> word + " " + goal() + id + on + took;
    };
  }

  /** What was live before; each host's own where they were not on one release. */
  private String before() {
    return report.before().isEmpty()
        ? report.previous().map(Object::toString).orElse("nothing")
        : report.before().entrySet().stream()
            .map(host -> host.getKey() + " " + host.getValue())
            .collect(Collectors.joining(", "));
  }

  /** Why nothing was changed, in a few words. */
  private String nothing() {
    if (!report.success()) {
      return " " + goal();
    }
    return switch (report.goal()) {
      case RELEASE, ACTIVATE, ROLLBACK ->
          report.release().map(id -> ": " + id + " is already live and healthy").orElse("");
      default -> " " + goal();
    };
  }

  private boolean looks() {
    return switch (report.goal()) {
      case CHECK, STATUS, HISTORY, PLAN, VERIFY -> true;
      default -> false;
    };
  }

  private String reason() {
    return switch (report.goal()) {
      case CHECK -> "deploy:check only looks, and found something.";
      case STATUS, HISTORY, PLAN, VERIFY -> goal() + " only reads, and could not read everything.";
      default -> goal() + " did not begin.";
    };
  }

  private String goal() {
    return "deploy:" + report.goal().word();
  }

  /** What is live now, if it is the same everywhere. */
  private String live() {
    List<String> live =
        report.hosts().stream().map(host -> host.live().orElse("nothing")).distinct().toList();
    return live.size() == 1 ? " (live: " + live.get(0) + ")" : "";
  }

  private static String warned(int warnings) {
    return warnings == 0 ? "" : ", with " + Figures.of(warnings, "warning");
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
