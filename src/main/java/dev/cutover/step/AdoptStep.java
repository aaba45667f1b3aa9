package dev.cutover.step;

import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.event.StepRef;
import dev.cutover.transport.HostOp;
import java.util.Optional;

/** Takes note of a live release that we did not make, so that a later rollback may return to it. */
public record AdoptStep(RunInfo run) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("stage", "adopt");
  }

  @Override
  public String does() {
    return "record the live release as ADOPTED: another tool or a person put it there";
  }

  @Override
  public boolean runsOn(Member member) {
    return found(member).isPresent();
  }

  @Override
  public Deed perform(Member member) {
    return found(member)
        .map(id -> new StateChanged(run.runId(), id, ReleaseState.ADOPTED, "found live"))
        .map(entry -> Deed.ops(new HostOp.Append(entry)))
        .orElse(Deed.NOTHING);
  }

  private static Optional<ReleaseId> found(Member member) {
    return member
        .from()
        .flatMap(member.layout()::releaseAt)
        .filter(id -> member.history().state(id).isEmpty());
  }
}
