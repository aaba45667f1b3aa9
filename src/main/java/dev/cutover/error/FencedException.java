package dev.cutover.error;

/** The lock is no longer ours, so the host changed nothing (exit 97 of a host script). */
public final class FencedException extends CutoverException {

  private static final long serialVersionUID = 1L;

  public FencedException(String host) {
    super(
        host
            + ": another run has taken over the lock, or the watchdog of the host; this one changed nothing since",
        "mvn deploy:status");
  }
}
