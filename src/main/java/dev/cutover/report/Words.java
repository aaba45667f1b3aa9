package dev.cutover.report;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Identity;
import dev.cutover.domain.ReleaseId;
import dev.cutover.event.DeployEvent.RevertStarted;
import dev.cutover.event.StepRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the console says while a run goes on; the one place for its wording and its columns. */
final class Words {

  private static final int STAGE = 8;
  private static final int NAME = 20;
  private static final int WIDEST_HOST = 32;
  private static final String UNDO = "undo";

  private final int hostWidth;

  /** Columns wide enough for {@code hosts}. */
  Words(List<String> hosts) {
    int widest = hosts.stream().mapToInt(String::length).max().orElse(0);
    hostWidth = Math.min(widest, WIDEST_HOST);
  }

  Line runStarted(Goal goal, Identity project, List<String> hosts) {
    String revision =
        project.revision().isEmpty() ? "" : "(" + Figures.revision(project.revision()) + ")";
    String built = joined(project.name(), project.version(), revision);
    String what =
        switch (goal) {
          case BUNDLE, RELEASE, STAGE, PLAN -> built;
          default -> project.name();
        };
    return Line.info(
        joined(
            goal.word(),
            what.isEmpty() ? "" : "of " + what,
            hosts.isEmpty()
                ? ""
                : (goal == Goal.RELEASE ? "to " : "on ") + String.join(", ", hosts)));
  }

  Line connected(String host, Duration took) {
    return Line.info(row("connect", "", host, took, ""));
  }

  Line waitingForLock(String host, String owner, Duration waited) {
    String soFar = waited.isZero() ? "" : ", " + Figures.duration(waited) + " so far";
    return Line.warn("  %s: %s has the lock; waiting%s".formatted(host, owner, soFar));
  }

  Line planned(Optional<ReleaseId> release, Optional<ReleaseId> previous, boolean mixed) {
    String before =
        mixed
            ? "the hosts are on different releases now"
            : previous.map(id -> id + " is live now").orElse("nothing of ours is live yet");
    return Line.info("  " + release.map(id -> "this is " + id + "; ").orElse("") + before);
  }

  Line finished(StepRef step, String host, boolean undo, Duration took, String note) {
    return Line.info(row(stage(step, undo), name(step, undo), host, took, note));
  }

  List<Line> failed(StepRef step, String host, boolean undo, Duration took, String why) {
    List<Line> lines = new ArrayList<>();
    lines.add(Line.error(row(stage(step, undo), name(step, undo), host, took, "FAILED")));
    if (!why.isBlank()) {
      // Where it happened stands before it already.
      String what = without(step.name() + ": ", without(host + ": ", why.strip()));
      what.lines().forEach(line -> lines.add(Line.error(quoted(step, host, line))));
    }
    return lines;
  }

  private static String without(String start, String text) {
    return text.startsWith(start) ? text.substring(start.length()) : text;
  }

  Line output(StepRef step, String host, String line) {
    return Line.info(quoted(step, host, line));
  }

  Line tried(StepRef step, String host, String check, int attempt, String detail) {
    return Line.info(quoted(step, host, "try %d: %s: %s".formatted(attempt, check, detail)));
  }

  /** A health step's line, with what its attempts said; the check is named where it fits. */
  Line healthy(StepRef step, String host, boolean undo, Duration took, HealthFold said) {
    String word = said.healthy() ? "healthy" : "SICK";
    String verdict = said.tries() == 1 ? word : word + " after " + said.tries() + " tries";
    List<String> checks = said.checks();
    String what = checks.size() == 1 ? checks.get(0) : Figures.of(checks.size(), "check");
    Line full = finished(step, host, undo, took, verdict + ": " + what);
    return full.text().length() <= Wrap.WIDTH ? full : finished(step, host, undo, took, verdict);
  }

  /** An upload's remark. */
  String sent(long bytes) {
    return Figures.bytes(bytes);
  }

  Line progress(StepRef step, String host, long done, long total) {
    long percent = total == 0 ? 100 : done * 100 / total;
    return Line.info(
        quoted(
            step,
            host,
            "%d%%, %s of %s".formatted(percent, Figures.bytes(done), Figures.bytes(total))));
  }

  /** What stands left of a bar. */
  String barTitle(StepRef step) {
    return "  " + step.name();
  }

  List<Line> revertStarted(RevertStarted revert, Optional<ReleaseId> previous, boolean mixed) {
    String back =
        revert.switched()
            ? "putting back " + previous.map(ReleaseId::value).orElse("what stood there before")
            : "taking back what was done, "
                + previous
                    .map(id -> id + " stays live")
                    .orElse(mixed ? "what is live stays" : "nothing is live yet");
    String text = revert.why().isBlank() ? back : back + ": " + revert.why();
    return Wrap.hanging(text, "  ").stream().map(Line::warn).toList();
  }

  List<Line> remark(Optional<String> host, String text, boolean warning) {
    return Wrap.beside("  " + host.map(name -> name + ": ").orElse(""), text).stream()
        .map(line -> warning ? Line.warn(line) : Line.info(line))
        .toList();
  }

  private static String stage(StepRef step, boolean undo) {
    return undo ? UNDO : step.stage();
  }

  /** A step that bears its stage's name is named once. */
  private static String name(StepRef step, boolean undo) {
    return !undo && step.name().equals(step.stage()) ? "" : step.name();
  }

  private String row(String stage, String name, String host, Duration took, String note) {
    return "  %s %s  %s  %7s  %s"
        .formatted(
            Table.pad(stage, STAGE),
            Table.pad(name, NAME),
            Table.pad(host, hostWidth),
            Figures.duration(took),
            note);
  }

  private String quoted(StepRef step, String host, String line) {
    return "      " + Table.pad(host, hostWidth) + " " + step.name() + " | " + line;
  }

  private static String joined(String... words) {
    return String.join(" ", List.of(words).stream().filter(word -> !word.isEmpty()).toList());
  }
}
