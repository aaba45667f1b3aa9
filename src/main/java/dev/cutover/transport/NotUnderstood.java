package dev.cutover.transport;

/** What a host said has no meaning here. Who knows which host it was tells it on. */
final class NotUnderstood extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String next;

  /** With a sentence whose subject is the host. */
  NotUnderstood(String what) {
    this(what, "mvn deploy:check");
  }

  /** With what to do about it too. */
  NotUnderstood(String what, String next) {
    super(what);
    this.next = next;
  }

  String what() {
    return String.valueOf(getMessage());
  }

  String next() {
    return next;
  }
}
