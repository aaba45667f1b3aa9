package dev.cutover.engine;

import dev.cutover.error.CutoverException;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpResult;

/** Says in one sentence what became of an operation that failed. */
final class OpFailures {

  private OpFailures() {}

  static CutoverException of(HostOp op, OpResult result) {
    if (op instanceof HostOp.Run run) {
      return new CutoverException(command(run.command(), result), "");
    }
    String message = result.message().strip();
    String what =
        message.isEmpty() ? "the host script ended with status " + result.status() : message;
    String cause = result.value("cause");
    return new CutoverException(cause.isEmpty() ? what : what + " (" + cause(cause) + ")", "");
  }

  private static String command(HostOp.CommandRun command, OpResult result) {
    String line = "`" + firstLine(command.run()) + "`";
    if (result.status() == OpResult.TIMED_OUT) {
      return line + " was ended after its timeout of " + command.timeoutSeconds() + "s";
    }
    String message = result.message().strip();
    // Some statuses have a meaning between the scripts and us: the command's own stands there.
    if (message.startsWith("exit status ")) {
      return line + " exited " + message.substring("exit status ".length());
    }
    String how = line + " exited " + result.status();
    return message.isEmpty() ? how : how + ": " + message;
  }

  private static String firstLine(String run) {
    String line = run.strip().lines().findFirst().orElse("");
    return line.length() <= 80 ? line : line.substring(0, 77) + "...";
  }

  private static String cause(String word) {
    return switch (word) {
      case "space" -> "the file system is full";
      case "inodes" -> "the file system has no inodes left";
      case "read-only" -> "the file system is read-only";
      case "permission" -> "permission denied";
      case "quota" -> "the disk quota is used up";
      default -> word;
    };
  }
}
