package dev.cutover.transport;

import java.time.Duration;
import java.util.Map;

/**
 * How one operation or query went.
 *
 * @param status 0: done; 97: the token is not the lock's (nothing was changed); 124: a command's
 *     deadline; else failed
 * @param values what the script reported
 * @param message what the script or its tools said about a failure, one or more lines
 */
public record OpResult(int status, Map<String, String> values, String message, Duration took) {

  public static final int FENCED = 97;
  public static final int TIMED_OUT = 124;

  /** A query needs a tool the host does not have. */
  public static final int NO_TOOL = 69;

  public OpResult {
    values = Map.copyOf(values);
  }

  public boolean ok() {
    return status == 0;
  }

  /** Whether a command failed before it was started. */
  public boolean unstarted() {
    return !ok() && !value("unstarted").isEmpty();
  }

  /** A reported value, or the empty string. */
  public String value(String name) {
    return values.getOrDefault(name, "");
  }
}
