package dev.cutover.error;

import org.jspecify.annotations.Nullable;

/**
 * The link to a host broke or fell silent. What was under way there may or may not have happened;
 * only reading the host again tells.
 */
public class HostLostException extends CutoverException {

  private static final long serialVersionUID = 1L;
  private final String host;

  public HostLostException(String host, String happened, @Nullable Throwable cause) {
    this(host, happened, "", cause);
  }

  public HostLostException(String host, String happened, String next, @Nullable Throwable cause) {
    super(host + ": " + happened, next, cause);
    this.host = host;
  }

  public String host() {
    return host;
  }
}
