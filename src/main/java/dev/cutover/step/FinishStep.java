package dev.cutover.step;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.journal.JournalEntry.RunEnded;
import dev.cutover.event.StepRef;
import dev.cutover.transport.HostOp;

/** Records how the run ended and gives the lock back. */
public record FinishStep(String runId, Outcome outcome) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("finish", "unlock");
  }

  @Override
  public String does() {
    return "record the end of the run, give the lock back";
  }

  @Override
  public Deed perform(Member member) {
    return Deed.ops(new HostOp.Append(new RunEnded(runId, outcome)), new HostOp.Unlock());
  }
}
