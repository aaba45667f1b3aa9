package dev.cutover.proof.memory;

/** Ends a client where it stands; no error of the product's, so nothing there catches it. */
final class ClientDied extends Error {
  private static final long serialVersionUID = 1L;

  ClientDied() {
    super("the client died", null, false, false);
  }
}
