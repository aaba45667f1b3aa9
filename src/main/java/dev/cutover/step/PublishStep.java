package dev.cutover.step;

import dev.cutover.event.StepRef;
import dev.cutover.transport.HostOp;

/**
 * Moves the sealed release to its final path.
 *
 * @param uploaded whether the same run uploaded it; then taking back the upload takes it back too
 */
public record PublishStep(RunInfo run, boolean uploaded) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("activate", "publish");
  }

  @Override
  public String does() {
    return "move staging/%s to releases/%s".formatted(run.subject(), run.subject());
  }

  @Override
  public String undoes() {
    return uploaded ? "" : Quarantines.WORDS + run.subject();
  }

  @Override
  public Deed perform(Member member) {
    return Deed.ops(new HostOp.Publish(run.subject()));
  }

  @Override
  public Deed undo(Member member, Cause cause) {
    return uploaded ? Deed.NOTHING : Quarantines.deed(run, cause);
  }
}
