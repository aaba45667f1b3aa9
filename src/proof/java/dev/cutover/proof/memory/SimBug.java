package dev.cutover.proof.memory;

/** A mistake in a host script, made on purpose: the proof must notice each. */
enum SimBug {
  /** Every operation is taken, whoever's token it has. */
  NO_TOKEN_CHECK,
  /** A switch is recorded before it is made. */
  RECORD_BEFORE_ACT,
  /** {@code current} is removed and made anew. */
  FLIP_IN_TWO,
  /** {@code ln -s} onto a link to a directory: the new link lies inside of the old release. */
  LINK_WITHOUT_T,
  /** A rollback takes the newest other directory. */
  ROLLBACK_BY_MTIME,
  /** What must be taken back is written down only when it was done. */
  UNDO_AFTER_ACT,
  /** The newest names are kept. */
  PRUNE_BY_NAME,
  /** The files of a release are not synced before it goes live. */
  NO_TREE_SYNC,
  /** The directory of {@code current} is not synced after the flip. */
  NO_DIRECTORY_SYNC,
  /** Records are written and not synced. */
  NO_RECORD_SYNC,
  /** A lock outlives the start of the machine that it was taken in. */
  NO_BOOT_CHECK,
  /** Files are not compared with the manifest. */
  NO_VERIFICATION,
  /** A command that was started already is started again. */
  STARTED_AGAIN
}
