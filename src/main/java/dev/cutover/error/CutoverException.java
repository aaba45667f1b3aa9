package dev.cutover.error;

import org.jspecify.annotations.Nullable;

/** A failure a user can act on: {@link #getMessage()} says what happened and where. */
public class CutoverException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String next;

  /**
   * A failure with its remedy.
   *
   * @param happened what happened and where, one sentence
   * @param next what to do or type now; may be empty
   */
  public CutoverException(String happened, String next, @Nullable Throwable cause) {
    super(happened, cause);
    this.next = next;
  }

  public CutoverException(String happened, String next) {
    this(happened, next, null);
  }

  /** What to do or type now; may be empty. */
  public String next() {
    return next;
  }
}
