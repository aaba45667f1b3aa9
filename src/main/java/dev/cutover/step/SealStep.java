package dev.cutover.step;

import dev.cutover.domain.Hook;
import dev.cutover.domain.Payload;
import dev.cutover.domain.journal.JournalEntry.Described;
import dev.cutover.event.StepRef;
import dev.cutover.transport.HostOp;

/** Makes the staged release durable and says so in the journal. */
public record SealStep(RunInfo run, Payload payload) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("stage", "seal");
  }

  @Override
  public String does() {
    return "sync every file, record SEALED";
  }

  @Override
  public Deed perform(Member member) {
    boolean built =
        run.spec().build().isPresent() || !run.spec().hooksAt(Hook.Point.BEFORE_SEAL).isEmpty();
    return Deed.ops(new HostOp.Seal(run.runId(), description(), built));
  }

  private Described description() {
    return new Described(
        run.subject(),
        run.identity().version(),
        run.identity().revision(),
        payload.manifest().digest(),
        run.spec().digest());
  }
}
