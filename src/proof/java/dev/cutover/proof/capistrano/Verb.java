package dev.cutover.proof.capistrano;

/** What is asked of a tool. */
enum Verb {
  DEPLOY,
  ROLLBACK,
  /** Removing old releases. */
  CLEANUP
}
