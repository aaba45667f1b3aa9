package dev.cutover.domain;

/** What the journal says of a release; never told from names, {@code ls} order or mtime. */
public enum ReleaseState {
  /** Files have arrived in {@code staging/}, unverified. */
  STAGED,
  /** Complete, verified, synced; waits in {@code staging/} to be activated. */
  SEALED,
  /** {@code current} was switched to it and its health is not proven yet. */
  LIVE,
  /** Proven healthy on every host of its run. */
  GOOD,
  /** Rolled away from by a person. Reached again only by its explicit id. */
  WITHDRAWN,
  /** Failed before it went live. */
  FAILED,
  /** Was live, failed, and was put back by its own run. */
  REVERTED,
  /** Removed to make room. */
  PRUNED,
  /** Found live when we first came; another tool or a person put it there. */
  ADOPTED;

  /** Whether a run may choose this release without being told its id. */
  public boolean mayBeChosen() {
    return this == GOOD || this == ADOPTED;
  }
}
