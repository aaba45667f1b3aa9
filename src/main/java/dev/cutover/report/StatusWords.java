package dev.cutover.report;

import dev.cutover.domain.Health;
import dev.cutover.domain.HostStatus;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.ReleaseState;
import java.util.ArrayList;
import java.util.List;

/** One host as {@code deploy:status} shows it. Times are UTC. */
final class StatusWords {

  private StatusWords() {}

  static List<Line> of(HostStatus status) {
    List<Line> lines = new ArrayList<>();
    lines.add(Line.info(""));
    lines.add(Line.info(status.host() + "  " + status.root()));
    lines.addAll(live(status));
    status.lock().map(StatusWords::lock).ifPresent(lines::addAll);
    status.unfinished().map(StatusWords::unfinished).ifPresent(lines::addAll);
    section("releases", releases(status), lines);
    section("migrations", migrations(status.migrations()), lines);
    lines.add(Line.info(label("disk") + disk(status)));
    return lines;
  }

  private static List<Line> live(HostStatus status) {
    if (status.live().isEmpty()) {
      return List.of(Line.info(label("live") + "nothing"));
    }
    String text =
        status.live().get()
            + (status.version().isEmpty() ? "" : "  " + status.version())
            + (status.revision().isEmpty() ? "" : " (" + Figures.revision(status.revision()) + ")")
            + "  "
            + StateWords.health(status.health());
    return status.health() == Health.SICK
        ? warnings("live", text + (status.sickness().isEmpty() ? "" : "\n" + status.sickness()))
        : List.of(Line.info(label("live") + text));
  }

  private static List<Line> lock(HostStatus.Lock lock) {
    String held =
        "held by %s for deploy:%s%s"
            .formatted(
                lock.owner(),
                lock.goal(),
                lock.since().map(at -> " since " + Figures.minute(at) + " UTC").orElse(""));
    return lock.alive()
        ? List.of(Line.info(label("lock") + held))
        : warnings("lock", held + "; its client is gone, the next run takes it over");
  }

  private static List<Line> unfinished(HostStatus.Unfinished run) {
    return warnings(
        "unfinished",
        "deploy:%s by %s since %s UTC%s\nsettle it with: %s"
            .formatted(
                run.goal(),
                run.owner(),
                Figures.minute(run.since()),
                run.watchdog() ? "; the watchdog put back what was live before" : "",
                run.settle()));
  }

  private static List<String> releases(HostStatus status) {
    Table table = new Table();
    for (HostStatus.Release release : status.releases()) {
      table.row(
          release.id().value(),
          release.state().name(),
          release.version(),
          Figures.revision(release.revision()),
          mark(release, status.unfinished().isPresent()));
    }
    return table.lines();
  }

  /**
   * One that was switched to and back from is still recorded LIVE when its run ended in doubt, or
   * has no end: the watchdog puts back no more than current.
   */
  private static String mark(HostStatus.Release release, boolean unfinished) {
    if (release.live()) {
      return "<- current";
    }
    if (release.state() != ReleaseState.LIVE) {
      return "";
    }
    return unfinished ? "not current: not settled" : "not current: in doubt";
  }

  private static List<String> migrations(List<MigrationState> migrations) {
    Table table = new Table();
    migrations.forEach(migration -> table.row(migration.id(), migration.state()));
    return table.lines();
  }

  /** Of both, what its file system counts. */
  private static String disk(HostStatus status) {
    List<String> counted = new ArrayList<>();
    if (status.freeBytes() < Long.MAX_VALUE) {
      counted.add(Figures.bytes(status.freeBytes()) + " free");
    }
    if (status.freeInodes() < Long.MAX_VALUE) {
      counted.add(Figures.of(status.freeInodes(), "inode") + " free");
    }
    return counted.isEmpty() ? "what is free is not told" : String.join(", ", counted);
  }

  private static List<Line> warnings(String label, String text) {
    return Wrap.beside(label(label), text).stream().map(Line::warn).toList();
  }

  private static void section(String label, List<String> rows, List<Line> lines) {
    String lead = label(label);
    for (String row : rows) {
      lines.add(Line.info(lead + row));
      lead = label("");
    }
  }

  private static String label(String label) {
    return "  " + Table.pad(label, 12);
  }
}
