package dev.cutover.step;

import dev.cutover.domain.journal.JournalEntry.Verdict;
import dev.cutover.event.StepRef;
import dev.cutover.transport.HostOp;
import java.util.List;

/**
 * Writes down which migrations a rollback is about to take back, before it is decided: whoever
 * finds the run cut off after its decision then knows what is still to be done.
 */
public record DueStep(RunInfo run, List<DownStep> downs) implements Step {

  public DueStep {
    downs = List.copyOf(downs);
  }

  @Override
  public StepRef ref() {
    return new StepRef("health", "due");
  }

  @Override
  public String does() {
    return "record that %d migrations are to be taken back".formatted(downs.size());
  }

  @Override
  public Deed perform(Member member) {
    List<HostOp> ops =
        downs.stream()
            .filter(down -> down.runsOn(member))
            .map(
                down ->
                    new MigrationLog(run.runId(), down.release(), down.migration().id())
                        .judged(Verdict.DUE, "passed over by a rollback"))
            .toList();
    return ops.isEmpty() ? Deed.NOTHING : new Deed.Ops(ops);
  }
}
