package dev.cutover.step;

import dev.cutover.error.CutoverException;

/** The old release is live again, as it should be, but is not healthy any more. */
public final class StillSickException extends CutoverException {
  private static final long serialVersionUID = 1L;

  public StillSickException(String happened) {
    super(happened, "");
  }
}
