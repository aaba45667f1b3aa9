package dev.cutover.error;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Cutover itself failed, in a way that nobody foresaw. It counts as a failure of what was being
 * done, so that a run goes back as from any other.
 */
public final class OwnFaultException extends CutoverException {

  private static final long serialVersionUID = 1L;

  private static final int FRAMES = 6;

  public OwnFaultException(Throwable fault) {
    this(fault, "");
  }

  /** One that says itself what to do next, for no report of a run's end will. */
  public OwnFaultException(Throwable fault, String next) {
    super(text(fault), next, fault);
  }

  /** What to report. */
  public static String text(Throwable fault) {
    return "this is a fault of Cutover: please report it, with this: "
        + fault
        + Arrays.stream(fault.getStackTrace())
            .limit(FRAMES)
            .map(frame -> "\n    at " + frame)
            .collect(Collectors.joining());
  }
}
