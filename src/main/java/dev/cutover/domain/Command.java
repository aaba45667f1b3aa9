package dev.cutover.domain;

import java.time.Duration;

/**
 * A command line of the user's, run by {@code sh} on a host or on this machine.
 *
 * @param run the text given to the shell, verbatim
 * @param timeout after which its whole process group is ended
 */
public record Command(String run, Duration timeout) {

  private static final int LONGEST_TITLE = 80;

  /** The command on one short line: its first, or what a comment there says. */
  public String title() {
    return title(run);
  }

  /** The same of a text. */
  public static String title(String run) {
    String line = run.strip().lines().findFirst().orElse("").replaceFirst("^#+ *", "");
    return line.length() <= LONGEST_TITLE ? line : line.substring(0, LONGEST_TITLE - 3) + "...";
  }
}
