package dev.cutover.transport;

import java.time.Duration;
import java.util.Map;

/**
 * How one operation or query went.
 *
 * @param status 0: done; {@link #FENCED}: the token is not the lock's (nothing was changed); {@link
 *     #TIMED_OUT}: a command's deadline; {@link #LOST}: how it ended is not known; else failed:
 *     what the script or the user's command exited with, 1 to 255
 * @param values what the script reported
 * @param message what the script or its tools said about a failure, one or more lines
 */
public record OpResult(int status, Map<String, String> values, String message, Duration took) {

  /** No command can exit with it. */
  public static final int FENCED = 1097;

  /** No command can exit with it. */
  public static final int TIMED_OUT = 1124;

  /** How a command ended is not known. No command can exit with it. */
  public static final int LOST = 1070;

  /** What stands in a record for {@link #TIMED_OUT}. */
  private static final int RECORDED_TIMEOUT = 124;

  /** A query needs a tool the host does not have. */
  public static final int NO_TOOL = 69;

  public OpResult {
    values = Map.copyOf(values);
  }

  public boolean ok() {
    return status == 0;
  }

  /** {@code status} as an exit status for the journal. */
  public static int recorded(int status) {
    return status == TIMED_OUT ? RECORDED_TIMEOUT : status;
  }

  /** What a failure means of which nothing else was said. */
  public static String unsaid(int status) {
    return switch (status) {
      case TIMED_OUT -> "still running at its deadline; it was ended with all it had started";
      case LOST -> "how it ended is not known";
      case FENCED -> "the lock is another's now; nothing was changed";
      default -> "exit status " + status;
    };
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
