package dev.cutover.testkit.app;

import dev.cutover.domain.Command;
import dev.cutover.domain.Hook;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Where;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Commands that leave word of each start of theirs in the root, with the release it was for. */
final class LoggedCommands {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private LoggedCommands() {}

  /** In {@code restarts}, and by way of the release in the shared {@code log/restarts}. */
  static Command restart() {
    // It takes a moment, in which something may hit it.
    return command(
        "echo \"$RELEASE_ID\" >>log/restarts && "
            + "echo \"$RELEASE_ID\" >>\"$DEPLOY_ROOT/restarts\" && sleep 0.05");
  }

  /** In {@code db.log}; while it is applied there is {@code db.} and the release. */
  static Migration migration() {
    String applied = "\"$DEPLOY_ROOT/db.$RELEASE_ID\"";
    return new Migration(
        "db",
        command(word("up", "db.log") + "; sleep 0.1; : >" + applied),
        Optional.of(command(word("down", "db.log") + "; rm -f " + applied)),
        Optional.of(command("[ -e " + applied + " ]")),
        Where.FIRST);
  }

  /** In {@code hooks.log}. */
  static List<Hook> hooks() {
    return List.of(
        hook(Hook.Point.BEFORE_SWITCH, true),
        hook(Hook.Point.AFTER_SWITCH, true),
        hook(Hook.Point.AFTER_COMMIT, false),
        hook(Hook.Point.AFTER_REVERT, false));
  }

  private static Hook hook(Hook.Point point, boolean undone) {
    Optional<Command> undo = Optional.of(command(word("undo-" + point.word(), "hooks.log")));
    return new Hook(
        point, command(word(point.word(), "hooks.log")), undo.filter(command -> undone), Where.ALL);
  }

  private static String word(String word, String log) {
    return "echo \"" + word + " $RELEASE_ID\" >>\"$DEPLOY_ROOT/" + log + "\"";
  }

  private static Command command(String run) {
    return new Command(run, MINUTE);
  }
}
