package dev.cutover.testkit.sim;

/** Ends a client where it stands; no error of the product's, so nothing there catches it. */
final class CallerDied extends Error {
  private static final long serialVersionUID = 1L;

  CallerDied() {
    super("the client died", null, false, false);
  }
}
