package dev.cutover.step;

import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.event.StepRef;
import dev.cutover.transport.HostOp;

/** Writes down how the live release was before anything changed, so that recovery knows it too. */
public record BaselineStep(RunInfo run, Baselines baselines) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("stage", "baseline");
  }

  @Override
  public String does() {
    return "record the health of what is live now";
  }

  @Override
  public boolean runsOn(Member member) {
    return member.from().isPresent() && !run.spec().health().checks().isEmpty();
  }

  @Override
  public Deed perform(Member member) {
    return Deed.ops(
        new HostOp.Append(new JournalEntry.Baseline(run.runId(), baselines.of(member))));
  }
}
