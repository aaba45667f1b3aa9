package dev.cutover.step;

import dev.cutover.domain.Command;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.JournalEntry.Verdict;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.error.CutoverException;
import dev.cutover.error.InDoubtException;
import dev.cutover.event.StepRef;
import dev.cutover.step.MigrationShell.Ran;
import java.util.Optional;

/**
 * Puts a database back from the backup of the run's release, which was made before its {@code up}.
 * When {@code check} says afterwards that the release's own change is missing, {@code up} applies
 * it again, so that the release finds the schema it needs.
 *
 * @param command the migration's {@code restore}
 */
public record RestoreStep(RunInfo run, Migration migration, Command command) implements Step {

  private static final int NOT_APPLIED = 1;

  @Override
  public StepRef ref() {
    return new StepRef("restore", "restore " + migration.id());
  }

  @Override
  public String does() {
    return "run: " + command.title();
  }

  @Override
  public String undoes() {
    return "nothing: what it has replaced is lost";
  }

  @Override
  public Optional<String> migrates() {
    return Optional.of(migration.id());
  }

  @Override
  public boolean runsOn(Member member) {
    return hasBackup(member)
        && (migration.on() == Where.ALL
            || member.others().stream()
                .noneMatch(other -> hasBackup(other) && precedes(other, member)));
  }

  /** The backup lies where the change was made, whichever host is the first now. */
  private boolean hasBackup(Member member) {
    return member
        .history()
        .migration(run.subject(), migration.id())
        .map(KnownMigration::backedUp)
        .orElse(false);
  }

  private static boolean precedes(Member one, Member other) {
    return one.coordinator() || (!other.coordinator() && one.name().compareTo(other.name()) < 0);
  }

  @Override
  public Deed perform(Member member) {
    return new Deed.Code(this::restore);
  }

  private String restore(Bench bench) {
    MigrationLog log = log();
    MigrationShell shell = new MigrationShell(run, migration, run.subject(), bench);
    bench.remember(this, MIGRATED, "in doubt");
    Ran ran = shell.run("restore", command, "", log.intent(Direction.RESTORE, ""));
    if (ran.ended()) {
      shell.write(log.result(Direction.RESTORE, ran.status(), ""));
    }
    if (!ran.ok()) {
      throw doubt(bench, shell, "its restore failed", "is in doubt: " + ran.failure());
    }
    bench.remember(this, MIGRATED, "undone");
    Optional<Ran> checked =
        migration.check().map(check -> shell.run("check-after-restore", check, ""));
    if (checked.filter(said -> !said.ok() && said.status() != NOT_APPLIED).isPresent()) {
      throw doubt(
          bench,
          shell,
          "its check could not tell after the restore",
          "is restored, and its <check> could not tell what is there: "
              + checked.map(Ran::failure).orElse(""));
    }
    if (checked.filter(Ran::ok).isPresent()) {
      shell.write(log.judged(Verdict.APPLIED, "its check says so after the restore"));
      bench.remember(this, MIGRATED, "applied");
      return "";
    }
    return checked.isPresent() ? applyAgain(bench, shell) : "";
  }

  private MigrationLog log() {
    return new MigrationLog(run.runId(), run.subject(), migration.id());
  }

  /** Marks the database dirty; who learns of it must look. */
  private InDoubtException doubt(Bench bench, MigrationShell shell, String why, String told) {
    bench.remember(this, MIGRATED, "in doubt");
    shell.write(log().judged(Verdict.DIRTY, why));
    return new InDoubtException(migration.id(), "migration " + migration.id() + " " + told);
  }

  private String applyAgain(Bench bench, MigrationShell shell) {
    MigrationLog log = log();
    // What there was before the change is what the backup was made of.
    String from =
        bench
            .member()
            .history()
            .migration(run.subject(), migration.id())
            .flatMap(KnownMigration::from)
            .orElse("");
    Ran ran = shell.run("up", migration.up(), from, log.intent(Direction.UP, from));
    if (ran.ended()) {
      shell.write(log.result(Direction.UP, ran.status(), ""));
    }
    if (!ran.ok()) {
      throw doubt(bench, shell, "its up failed after its restore", "is in doubt: " + ran.failure());
    }
    bench.remember(this, MIGRATED, "applied");
    return "up was run again";
  }

  @Override
  public Deed undo(Member member, Cause cause) {
    if (!cause.completed()) {
      return Deed.NOTHING;
    }
    return new Deed.Code(
        bench -> {
          throw new CutoverException(
              "the database of migration %s was put back from the backup of %s and stays so"
                  .formatted(migration.id(), run.subject()),
              "");
        });
  }
}
