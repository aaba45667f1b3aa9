package dev.cutover.step;

import dev.cutover.domain.ReleaseState;
import dev.cutover.transport.HostOp;

/** How a release that failed is put out of the way. */
final class Quarantines {

  static final String WORDS = "move the release to .cutover/failed/";

  private Quarantines() {}

  static Deed deed(RunInfo run, Step.Cause cause) {
    ReleaseState state = cause.switched() ? ReleaseState.REVERTED : ReleaseState.FAILED;
    return Deed.ops(
        new HostOp.Quarantine(run.runId(), run.subject(), state, cause.why(), cause.noRoom()));
  }
}
