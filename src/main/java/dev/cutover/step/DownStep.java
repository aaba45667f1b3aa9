package dev.cutover.step;

import dev.cutover.domain.Migration;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.KnownMigration.State;
import dev.cutover.event.StepRef;
import java.util.Optional;

/**
 * Takes back a migration of a release that a rollback passed over, with the files of that release.
 * It comes after the decision: the code is back for good, and a {@code down} that fails leaves the
 * database in doubt, nothing else.
 *
 * @param release whose migration it is
 * @param host the member that does it for all; empty: each that knows the migration
 */
public record DownStep(RunInfo run, Migration migration, ReleaseId release, Optional<String> host)
    implements Step {

  /** One that each member does for itself, or that is only for members that are to do it. */
  public DownStep(RunInfo run, Migration migration, ReleaseId release) {
    this(run, migration, release, Optional.empty());
  }

  @Override
  public StepRef ref() {
    return new StepRef("down", "down %s of %s".formatted(migration.id(), release));
  }

  @Override
  public String does() {
    String down = migration.down().map(command -> command.title()).orElse("nothing");
    return (migration.on() == Where.LOCAL ? "run here: " : "run in releases/" + release + ": ")
        + down;
  }

  @Override
  public Optional<String> migrates() {
    return Optional.of(migration.id());
  }

  @Override
  public boolean runsOn(Member member) {
    return host.map(member.name()::equals).orElse(true)
        && known(member).filter(known -> !known.undone()).isPresent();
  }

  @Override
  public Deed perform(Member member) {
    boolean applied = known(member).map(known -> known.state() == State.APPLIED).orElse(false);
    return new Deed.Code(
        bench -> {
          bench.remember(this, MIGRATED, "in doubt");
          MigrationDown down = new MigrationDown(this, run, migration, release, bench);
          return applied ? down.undoApplied() : down.undoUnknown(known(member));
        });
  }

  private Optional<KnownMigration> known(Member member) {
    return member.history().migration(release, migration.id());
  }
}
