package dev.cutover.domain;

/** How a run ended. */
public enum Outcome {
  RELEASED(true),
  STAGED(true),
  ROLLED_BACK(true),
  RESTORED(true),
  RECOVERED(true),
  /** Releases were removed, by hand. */
  PRUNED(true),
  /** No step was performed. Succeeds only if the asked state already holds. */
  NOTHING_CHANGED(false),
  /** A step failed and everything was put back. */
  REVERTED(false),
  /** Putting back failed too; the report says what stands where. */
  REVERT_FAILED(false),
  /** A migration may be half applied. */
  IN_DOUBT(false),
  /** A host could not be read after a lost reply. Neither success nor failure. */
  OUTCOME_UNKNOWN(false),
  /** The hosts are not all on one release. */
  MIXED(false),
  /** A live release differs from its manifest. */
  DRIFTED(false);

  private final boolean success;

  Outcome(boolean success) {
    this.success = success;
  }

  public boolean success() {
    return success;
  }
}
