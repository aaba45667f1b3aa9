package dev.cutover.testkit.sim;

import dev.cutover.transport.HostOp;
import java.time.Duration;
import java.time.Instant;

/**
 * A command of the user's that runs on a machine, detached from whoever started it.
 *
 * @param directory where its supervisor keeps what it knows, relative to the root
 * @param command as it was asked for
 * @param cwd the working directory, relative to the root
 * @param seq of the token it was started under
 * @param part of its work that comes next
 * @param next when it does
 * @param deadline when it is ended
 */
public record Job(
    String directory,
    HostOp.CommandRun command,
    String cwd,
    long seq,
    int part,
    Instant next,
    Instant deadline) {

  /** One that begins now. */
  static Job begun(String directory, HostOp.CommandRun command, String cwd, long seq, Instant now) {
    Instant deadline = now.plusSeconds(Math.max(1, command.timeoutSeconds()));
    return new Job(directory, command, cwd, seq, 0, now, deadline);
  }

  /** The same when it has done a part. */
  Job after(Duration pause) {
    return new Job(directory, command, cwd, seq, part + 1, next.plus(pause), deadline);
  }

  /** What the user wrote. */
  public String text() {
    return command.run();
  }

  /** The release it is about; empty when it is about none. */
  public String release() {
    return command.environment().getOrDefault("RELEASE_ID", "");
  }

  /** When something happens to it next. */
  Instant due() {
    return next.isAfter(deadline) ? deadline : next;
  }
}
