package dev.cutover.step;

import dev.cutover.error.CutoverException;
import dev.cutover.transport.OpResult;

/** A command on this machine did not exit 0. */
public final class CommandFailedException extends CutoverException {
  private static final long serialVersionUID = 1L;
  private final int status;

  /**
   * Makes one.
   *
   * @param status of its exit, or {@link OpResult#TIMED_OUT}
   */
  public CommandFailedException(String happened, int status) {
    super(happened, "");
    this.status = status;
  }

  /** Its exit status; {@link OpResult#TIMED_OUT} when it was ended at its limit. */
  public int status() {
    return status;
  }
}
