package dev.cutover.error;

import org.jspecify.annotations.Nullable;

/** A host could not be used at all: wrong key, wrong password, no shell, a tool that is missing. */
public final class HostRefusedException extends CutoverException {

  private static final long serialVersionUID = 1L;

  public HostRefusedException(
      String host, String happened, String next, @Nullable Throwable cause) {
    super(host + ": " + happened, next, cause);
  }
}
