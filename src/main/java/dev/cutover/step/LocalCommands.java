package dev.cutover.step;

import dev.cutover.domain.Command;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** Runs the user's commands on this machine. */
@FunctionalInterface
public interface LocalCommands {

  /**
   * Runs a command to its end or its deadline.
   *
   * @param output hears its lines
   * @throws CommandFailedException if it did not exit 0, or not in time
   * @throws dev.cutover.error.CutoverException if it could not be run
   */
  void run(
      Command command, Path directory, Map<String, String> environment, Consumer<String> output);
}
