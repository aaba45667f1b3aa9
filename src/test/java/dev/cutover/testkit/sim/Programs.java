package dev.cutover.testkit.sim;

import java.time.Duration;
import java.util.Optional;

/** What commands of users do on the machines. */
public interface Programs {

  /**
   * One part of a command's work.
   *
   * @param output what it writes
   * @param pause until its next part; empty: it has ended
   * @param status with which it has ended
   */
  record Part(String output, Optional<Duration> pause, int status) {

    /** It works on, and there is another part later. */
    public static Part pause(String output, Duration pause) {
      return new Part(output, Optional.of(pause), 0);
    }

    /** It has ended. */
    public static Part end(String output, int status) {
      return new Part(output, Optional.empty(), status);
    }
  }

  /** Does the next part of a command's work, {@link Job#part()}. */
  Part work(Machine machine, Job job);
}
