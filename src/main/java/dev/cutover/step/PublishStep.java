package dev.cutover.step;

import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.event.StepRef;
import dev.cutover.transport.HostOp;

/** Moves the sealed release to its final path. */
public record PublishStep(RunInfo run, Back back) implements Step {

  /** Where taking it back leaves the release. */
  public enum Back {
    /** The same run uploaded it: taking back the upload takes it back too. */
    WITH_THE_UPLOAD,
    /** In quarantine: it was tried and is not fit. */
    TO_QUARANTINE,
    /** In staging, sealed as before: its activation was cut off, and it was never judged. */
    TO_STAGING
  }

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
    return back == Back.TO_QUARANTINE ? Quarantines.WORDS + run.subject() : "";
  }

  @Override
  public Deed perform(Member member) {
    HostOp publish = new HostOp.Publish(run.subject());
    // Whoever finds the run cut off must know which release it was about.
    return back == Back.WITH_THE_UPLOAD
        ? Deed.ops(publish)
        : Deed.ops(new HostOp.Append(activating()), publish);
  }

  private StateChanged activating() {
    return new StateChanged(run.runId(), run.subject(), ReleaseState.SEALED, "being activated");
  }

  @Override
  public Deed undo(Member member, Cause cause) {
    return switch (back) {
      case WITH_THE_UPLOAD -> Deed.NOTHING;
      case TO_QUARANTINE -> Quarantines.deed(run, cause);
      case TO_STAGING -> Deed.ops(new HostOp.Unpublish(run.runId(), run.subject()));
    };
  }
}
