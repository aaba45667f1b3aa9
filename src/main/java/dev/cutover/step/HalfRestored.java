package dev.cutover.step;

import dev.cutover.domain.Migration;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.JournalEntry.Verdict;
import dev.cutover.error.InDoubtException;
import dev.cutover.event.StepRef;
import java.util.Optional;

/**
 * A restore that was cut off between putting the database back and applying the change of its
 * release again. Only {@code check} can tell that nothing is missing; else a person decides, since
 * what the restore has replaced is lost.
 */
public record HalfRestored(RunInfo run, Migration migration) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("restore", "restore " + migration.id());
  }

  @Override
  public String does() {
    return "";
  }

  @Override
  public String undoes() {
    return "run: " + migration.check().map(check -> check.title()).orElse("nothing");
  }

  @Override
  public Optional<String> migrates() {
    return Optional.of(migration.id());
  }

  @Override
  public boolean runsOn(Member member) {
    return migration.on() == Where.ALL || member.coordinator();
  }

  @Override
  public Deed perform(Member member) {
    return Deed.NOTHING;
  }

  @Override
  public Deed undo(Member member, Cause cause) {
    return runsOn(member) ? new Deed.Code(this::judge) : Deed.NOTHING;
  }

  private String judge(Bench bench) {
    MigrationLog log = new MigrationLog(run.runId(), run.subject(), migration.id());
    MigrationShell shell = new MigrationShell(run, migration, run.subject(), bench);
    boolean whole =
        migration
            .check()
            .map(check -> shell.run("check-after-restore", check, "").ok())
            .orElse(false);
    if (whole) {
      shell.write(log.judged(Verdict.APPLIED, "its check says so after a restore"));
      return "";
    }
    shell.write(log.judged(Verdict.DIRTY, "its restore was cut off"));
    throw new InDoubtException(
        migration.id(),
        "the database of migration %s was put back from the backup of %s, and the change of that release was not applied again: run the same deploy:restore once more"
            .formatted(migration.id(), run.subject()));
  }
}
