package dev.cutover.testkit.sim;

/** What comes next of a script, as far as a full disk minds. */
public enum Writes {
  NOTHING,
  /** Nothing new, but it can fail. */
  SYNC,
  /** Takes away, which a full disk does not mind. */
  REMOVES,
  /** Fits into what the reserve leaves. */
  LITTLE,
  MUCH;

  /** Whether the host is another one after it. */
  boolean changes() {
    return this == REMOVES || needsRoom();
  }

  /** Whether a full disk makes it fail. */
  public boolean needsRoom() {
    return this == LITTLE || this == MUCH;
  }
}
