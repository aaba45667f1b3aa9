package dev.cutover.transport;

/** What a host said has no meaning here. Who knows which host it was tells it on. */
final class NotUnderstood extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a sentence whose subject is the host. */
  NotUnderstood(String what) {
    super(what);
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
