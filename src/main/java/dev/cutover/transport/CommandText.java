package dev.cutover.transport;

import dev.cutover.domain.Layout;
import dev.cutover.domain.RemotePath;
import java.util.Map;

/** The variables by which {@code run.sh} starts a command of the user's. */
final class CommandText {

  private static final String GONE =
      Shell.quote("not run: the files in which it would undo something are gone");

  private CommandText() {}

  static Map<String, String> variables(Layout layout, HostOp.CommandRun command) {
    return Map.of(
        "TEXT", command.run(),
        "GO", go(layout, command),
        "SUPERVISOR", Scripts.text("supervisor"),
        "LIMIT", Long.toString(Math.max(1, command.timeoutSeconds())),
        "LOG", command.log().map(layout::log).map(RemotePath::value).orElse(""));
  }

  /** What goes before the command, in its own shell. */
  private static String go(Layout layout, HostOp.CommandRun command) {
    return Shell.exports(command.environment())
        + enter(layout, command.directory())
        + (command.undo() ? " || { echo " + GONE + "; exit 0; }" : " || exit 126");
  }

  /** What is undone of a staged tree may have to look for it where it was published to. */
  private static String enter(Layout layout, RemotePath directory) {
    String enter = "cd " + Shell.quote(directory.value());
    String staging = layout.staging().value() + "/";
    if (!directory.value().startsWith(staging)) {
      return enter;
    }
    String name = directory.value().substring(staging.length());
    String published = Shell.quote(layout.releases().child(name).value());
    return enter + " 2>/dev/null || cd " + published + " 2>/dev/null";
  }
}
