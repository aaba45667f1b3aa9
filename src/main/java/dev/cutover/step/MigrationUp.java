package dev.cutover.step;

import dev.cutover.domain.Command;
import dev.cutover.domain.Migration;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.JournalEntry.Verdict;
import dev.cutover.error.CutoverException;
import dev.cutover.error.FencedException;
import dev.cutover.error.HostLostException;
import dev.cutover.step.MigrationShell.Ran;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.HostOp.Backup.Act;
import dev.cutover.transport.OpResult;
import java.util.List;

/** The way up: version, backup, intent, {@code up}, version, result. */
final class MigrationUp {

  private static final int LONGEST_VERSION = 4096;

  private final MigrateStep step;
  private final Migration migration;
  private final MigrationLog log;
  private final MigrationShell shell;
  private final Bench bench;

  MigrationUp(MigrateStep step, Bench bench) {
    this.step = step;
    this.migration = step.migration();
    this.log = step.log();
    this.shell = step.shell(bench);
    this.bench = bench;
  }

  /**
   * Applies the change.
   *
   * @return a remark: which version became which
   * @throws CutoverException if it did not come to a good end
   */
  String go() {
    String from = version("before", "");
    bench.remember(step, MigrateStep.FROM, from);
    migration.backup().ifPresent(backup -> backUp(backup, from));
    bench.remember(step, MigrateStep.STARTED, "yes");
    bench.remember(step, Step.MIGRATED, "in doubt");
    Ran ran = start(from);
    if (!ran.ok()) {
      if (ran.ended()) {
        shell.write(log.result(Direction.UP, ran.status(), ""));
      }
      throw new CutoverException(ran.failure(), "");
    }
    bench.remember(step, MigrateStep.ENDED_WELL, "yes");
    bench.remember(step, Step.MIGRATED, "applied");
    String to = versionAfter(from);
    shell.write(log.result(Direction.UP, 0, to));
    return from.isEmpty() && to.isEmpty() ? "" : words(from) + " -> " + words(to);
  }

  private Ran start(String from) {
    try {
      return shell.run("up", migration.up(), from, log.intent(Direction.UP, from));
    } catch (NotStartedException e) {
      bench.remember(step, MigrateStep.STARTED, "no");
      bench.remember(step, Step.MIGRATED, "");
      shell.retract(log.judged(Verdict.UNDONE, "was not started"));
      throw e;
    }
  }

  private static String words(String version) {
    String line = version.lines().findFirst().orElse("none");
    return version.lines().count() > 1 ? line + " ..." : line;
  }

  private String version(String when, String from) {
    if (migration.version().isEmpty()) {
      return "";
    }
    Ran ran = shell.run("version-" + when, migration.version().get(), from);
    if (!ran.ok()) {
      throw new CutoverException("<version> " + when + " <up>: " + ran.failure(), "");
    }
    String version = String.join("\n", ran.output()).strip();
    return version.length() <= LONGEST_VERSION ? version : version.substring(0, LONGEST_VERSION);
  }

  /** The change is there already: that it cannot tell its version any more only warns. */
  private String versionAfter(String from) {
    try {
      return version("after", from);
    } catch (HostLostException | FencedException e) {
      throw e;
    } catch (CutoverException e) {
      bench.warn("migration " + migration.id() + ": " + e.getMessage());
      return "";
    }
  }

  private void backUp(Command backup, String from) {
    Ran ran = shell.run("backup", backup, from, place(Act.PREPARE));
    if (!ran.ok()) {
      throw failed(ran.failure());
    }
    List<OpResult> kept = bench.perform(List.of(place(Act.KEEP), log.backedUp()));
    if (!kept.get(kept.size() - 1).ok()) {
      throw failed(
          String.valueOf(bench.failure(place(Act.KEEP), kept.get(kept.size() - 1)).getMessage()));
    }
  }

  /** What a backup that failed has written may be what fills the disk. */
  private CutoverException failed(String why) {
    List<OpResult> dropped = bench.perform(List.of(place(Act.DROP)));
    boolean full = !dropped.get(0).value("full").isEmpty();
    return new CutoverException(
        "the backup failed, so <up> was not started: "
            + why
            + (full && !why.contains("full") ? " (the file system is full)" : ""),
        "");
  }

  private HostOp place(Act act) {
    return new HostOp.Backup(step.run().runId(), step.run().subject(), migration.id(), act);
  }
}
