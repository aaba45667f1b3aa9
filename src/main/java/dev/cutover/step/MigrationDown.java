package dev.cutover.step;

import dev.cutover.domain.Command;
import dev.cutover.domain.Migration;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.JournalEntry.Verdict;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.KnownMigration.State;
import dev.cutover.error.InDoubtException;
import dev.cutover.step.MigrationShell.Ran;
import java.util.Optional;

/** The way back of one migration of one release, and what is found out before it. */
final class MigrationDown {

  private static final int APPLIED = 0;
  private static final int NOT_APPLIED = 1;
  private static final int PARTIAL = 2;

  private final Step step;
  private final Migration migration;
  private final ReleaseId release;
  private final MigrationLog log;
  private final MigrationShell shell;
  private final Bench bench;

  /** Of a migration of {@code release}, for {@code step} of a run that may be about another. */
  MigrationDown(Step step, RunInfo run, Migration migration, ReleaseId release, Bench bench) {
    this.step = step;
    this.migration = migration;
    this.release = release;
    this.log = new MigrationLog(run.runId(), release, migration.id());
    this.shell = new MigrationShell(run, migration, release, bench);
    this.bench = bench;
  }

  /** Takes back a change that is there; without {@code down} it stays. */
  String undoApplied() {
    if (migration.down().isEmpty()) {
      bench.warn("migration " + migration.id() + " has no <down>: its change stays");
      return ended("kept");
    }
    return down(migration.down().get());
  }

  /**
   * Takes back whatever {@code up}, or what came after it, may have left.
   *
   * @param earlier what an earlier run did last; empty if this run has started {@code up}
   */
  String undoUnknown(Optional<KnownMigration> earlier) {
    Optional<Direction> last = earlier.map(KnownMigration::direction);
    Optional<State> state = earlier.map(KnownMigration::state);
    if (state.equals(Optional.of(State.DIRTY))) {
      throw inDoubt("nobody has said yet what is applied");
    }
    boolean goneDown = last.equals(Optional.of(Direction.DOWN));
    if (goneDown && state.equals(Optional.of(State.FAILED))) {
      throw doubt("its <down> failed");
    }
    if (last.equals(Optional.of(Direction.RESTORE))) {
      throw doubt("its <restore> did not come to a good end");
    }
    if (migration.check().isEmpty()) {
      return withoutCheck(goneDown);
    }
    Ran checked =
        shell.run(
            goneDown ? "check-after-down" : "check-after-up", migration.check().get(), from());
    return switch (checked.status()) {
      case APPLIED -> foundApplied();
      case NOT_APPLIED -> foundUndone();
      case PARTIAL -> foundPartial();
      default -> throw doubt("<check> could not tell what is applied: " + checked.failure());
    };
  }

  private String withoutCheck(boolean goneDown) {
    if (goneDown) {
      throw doubt("its <down> was cut off, and it has no <check> to tell what is applied");
    }
    if (migration.down().isEmpty()) {
      throw doubt("its <up> did not come to a good end, and it has neither <check> nor <down>");
    }
    return down(migration.down().get());
  }

  private String foundApplied() {
    shell.write(log.judged(Verdict.APPLIED, "said its check"));
    return undoApplied();
  }

  private String foundUndone() {
    shell.write(log.judged(Verdict.UNDONE, "said its check"));
    ended("undone");
    return "was not applied";
  }

  private String foundPartial() {
    if (migration.down().isEmpty()) {
      throw doubt("it is partly applied, says its <check>, and has no <down>");
    }
    return down(migration.down().get());
  }

  private String down(Command down) {
    Ran ran = shell.run("down", down, from(), log.intent(Direction.DOWN, from()));
    if (ran.ended()) {
      shell.write(log.result(Direction.DOWN, ran.status(), ""));
    }
    if (!ran.ok()) {
      throw doubt("its <down> failed: " + ran.failure());
    }
    return ended("undone");
  }

  private String ended(String state) {
    bench.remember(step, Step.MIGRATED, state);
    return state;
  }

  /** Marks the database dirty; who learns of it must look. */
  private InDoubtException doubt(String why) {
    shell.write(log.judged(Verdict.DIRTY, why));
    return inDoubt(why);
  }

  private InDoubtException inDoubt(String why) {
    bench.remember(step, Step.MIGRATED, "in doubt");
    return new InDoubtException(
        migration.id(),
        "migration %s of %s is in doubt: %s".formatted(migration.id(), release, why));
  }

  private String from() {
    return bench
        .recall(step, MigrateStep.FROM)
        .or(() -> known().flatMap(KnownMigration::from))
        .orElse("");
  }

  private Optional<KnownMigration> known() {
    return bench.member().history().migration(release, migration.id());
  }
}
