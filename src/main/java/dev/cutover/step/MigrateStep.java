package dev.cutover.step;

import dev.cutover.domain.Migration;
import dev.cutover.domain.Migration.UndoOrder;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.KnownMigration.State;
import dev.cutover.event.StepRef;
import java.util.Optional;

/**
 * Runs a migration's {@code up}; when the run reverts, its {@code down} from the release that is
 * leaving. The journal holds the intent before and the result after each, so that {@code up} is
 * started once at most: what it left is found out by {@code check}, never by trying again.
 */
public record MigrateStep(RunInfo run, Migration migration) implements Step {

  /** What a step remembers: the version before {@code up}. */
  static final String FROM = "from";

  /** What a step remembers: that {@code up} was started, or may have been. */
  static final String STARTED = "started";

  /** What a step remembers: that {@code up} exited 0. */
  static final String ENDED_WELL = "ended well";

  @Override
  public StepRef ref() {
    return new StepRef("migrate", "migration " + migration.id());
  }

  @Override
  public String does() {
    String up = (migration.on() == Where.LOCAL ? "run here: " : "run: ") + migration.up().title();
    String forward =
        migration.forward().map(far -> ", with a way to " + far + " of the host").orElse("");
    return migration.backup().map(backup -> "back up: " + backup.title() + ", then ").orElse("")
        + up
        + forward;
  }

  @Override
  public String undoes() {
    String when =
        migration.undoOrder() == UndoOrder.BEFORE_FLIP
            ? "before current is put back, run: "
            : "run: ";
    return migration
        .down()
        .map(down -> when + down.title())
        .orElse("nothing: it has no <down>, so the change stays");
  }

  @Override
  public boolean runsOn(Member member) {
    return migration.on() == Where.ALL || member.coordinator();
  }

  @Override
  public Optional<String> migrates() {
    return Optional.of(migration.id());
  }

  @Override
  public boolean undoneFirst() {
    return migration.undoOrder() == UndoOrder.BEFORE_FLIP;
  }

  @Override
  public Deed perform(Member member) {
    return new Deed.Code(bench -> new MigrationUp(this, bench).go());
  }

  @Override
  public Deed undo(Member member, Cause cause) {
    return new Deed.Code(bench -> undo(bench, cause.completed()));
  }

  private String undo(Bench bench, boolean completed) {
    Optional<KnownMigration> known =
        bench.member().history().migration(run.subject(), migration.id());
    Optional<String> startedHere = bench.recall(this, STARTED);
    Optional<KnownMigration> earlier = startedHere.isPresent() ? Optional.empty() : known;
    boolean started =
        startedHere.isPresent()
            ? startedHere.get().equals("yes")
            : earlier.filter(last -> !last.undone()).isPresent();
    if (!started) {
      return "was not started";
    }
    boolean applied =
        completed
            || bench.recall(this, ENDED_WELL).isPresent()
            || earlier.map(last -> last.state() == State.APPLIED).orElse(false);
    MigrationDown down = new MigrationDown(this, run, migration, run.subject(), bench);
    return applied ? down.undoApplied() : down.undoUnknown(earlier);
  }

  MigrationLog log() {
    return new MigrationLog(run.runId(), run.subject(), migration.id());
  }

  MigrationShell shell(Bench bench) {
    return new MigrationShell(run, migration, run.subject(), bench);
  }
}
