package dev.cutover.error;

/** Another run holds a host's lock and kept it for as long as we were told to wait. */
public final class LockHeldException extends CutoverException {
  private static final long serialVersionUID = 1L;

  public LockHeldException(String happened, String next) {
    super(happened, next);
  }
}
