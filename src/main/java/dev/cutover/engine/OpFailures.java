package dev.cutover.engine;

import dev.cutover.domain.Command;
import dev.cutover.error.CutoverException;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.Obstacle;
import dev.cutover.transport.OpResult;

/** Says in one sentence what became of an operation that failed. */
final class OpFailures {

  private OpFailures() {}

  static CutoverException of(HostOp op, OpResult result) {
    if (op instanceof HostOp.Run run && result.unstarted()) {
      String title = Command.title(run.command().run());
      return Obstacle.fault(
          "`" + title + "` could not be started: " + result.message().strip(), result);
    }
    if (op instanceof HostOp.Run run) {
      return Obstacle.failure(command(run.command(), result), result);
    }
    String message = result.message().strip();
    String what =
        message.isEmpty() ? "the host script ended with status " + result.status() : message;
    return Obstacle.fault(what, result);
  }

  private static String command(HostOp.CommandRun command, OpResult result) {
    String line = "`" + Command.title(command.run()) + "`";
    if (result.status() == OpResult.TIMED_OUT) {
      return line + " was ended after its timeout of " + command.timeoutSeconds() + "s";
    }
    String message = result.message().strip();
    String how = line + (result.status() == OpResult.LOST ? "" : " exited " + result.status());
    boolean silent = message.isEmpty() || message.equals(OpResult.unsaid(result.status()));
    return silent ? how : how + ": " + message;
  }
}
