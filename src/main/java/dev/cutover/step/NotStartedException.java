package dev.cutover.step;

import dev.cutover.error.CutoverException;

/** What goes ahead of a command could not be done, so the command was not started. */
public final class NotStartedException extends CutoverException {
  private static final long serialVersionUID = 1L;
  private final String member;
  private final CutoverException reason;

  /**
   * A command was not started.
   *
   * @param member where what goes ahead of it failed
   * @param reason why
   */
  NotStartedException(String member, CutoverException reason) {
    super(String.valueOf(reason.getMessage()), reason.next(), reason);
    this.member = member;
    this.reason = reason;
  }

  /** The member where it failed; not always the one that would have run the command. */
  public String member() {
    return member;
  }

  /** What failed there. */
  public CutoverException reason() {
    return reason;
  }
}
