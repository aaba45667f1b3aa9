package dev.cutover.error;

import org.jspecify.annotations.Nullable;

/**
 * A host said what cannot be understood, or more than there is room for. What was under way there
 * may or may not have been done.
 */
public final class UnreadableReplyException extends HostLostException {

  private static final long serialVersionUID = 1L;

  public UnreadableReplyException(String host, String happened, @Nullable Throwable cause) {
    super(host, happened, "mvn deploy:check", cause);
  }
}
