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
   * @throws dev.cutover.error.CutoverException if it failed or ran out of time
   */
  void run(
      Command command, Path directory, Map<String, String> environment, Consumer<String> output);
}
