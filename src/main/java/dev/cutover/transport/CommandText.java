package dev.cutover.transport;

import dev.cutover.domain.Layout;
import dev.cutover.domain.RemotePath;
import java.util.Map;

/** The variables by which {@code run.sh} starts a command of the user's. */
final class CommandText {

  private CommandText() {}

  static Map<String, String> variables(Layout layout, HostOp.CommandRun command) {
    return Map.of(
        "TEXT", command.run(),
        "GO", go(command),
        "SUPERVISOR", Scripts.text("supervisor"),
        "LIMIT", Long.toString(Math.max(1, command.timeoutSeconds())),
        "LOG", command.log().map(layout::log).map(RemotePath::value).orElse(""));
  }

  /** Runs in the command's own directory, as leader of its session. */
  private static String go(HostOp.CommandRun command) {
    return "{ read -r stat </proc/$$/stat; } 2>/dev/null\n"
        + "echo \"$$ $stat\" >pid\n"
        + "command=$PWD/command\n"
        + Shell.exports(command.environment())
        + "cd "
        + Shell.quote(command.directory().value())
        + " || exit 126\n"
        + "exec sh \"$command\"";
  }
}
