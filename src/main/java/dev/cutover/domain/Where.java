package dev.cutover.domain;

/** Which machines run a hook or a migration. */
public enum Where {
  /** The first target only. */
  FIRST,
  /** Every target. */
  ALL,
  /** The machine Maven runs on. */
  LOCAL
}
