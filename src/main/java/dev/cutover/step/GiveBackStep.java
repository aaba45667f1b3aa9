package dev.cutover.step;

import dev.cutover.event.StepRef;
import dev.cutover.transport.HostOp;

/** Gives the lock back and leaves the run without an end, for the next goal to settle. */
public record GiveBackStep() implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("finish", "unlock");
  }

  @Override
  public String does() {
    return "give the lock back";
  }

  @Override
  public Deed perform(Member member) {
    return Deed.ops(new HostOp.Unlock());
  }
}
