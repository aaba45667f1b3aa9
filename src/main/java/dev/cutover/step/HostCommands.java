package dev.cutover.step;

import dev.cutover.domain.Command;
import dev.cutover.domain.RemotePath;
import dev.cutover.transport.HostOp;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the operation that runs a command of the user's on a host. */
final class HostCommands {

  private HostCommands() {}

  /** A command about the run's own release, started in {@code directory}. */
  static HostOp.Run run(
      RunInfo run,
      Member member,
      String name,
      Command command,
      RemotePath directory,
      Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(Environment.of(run, member));
    environment.putAll(more);
    return run(name, command, directory, environment, run);
  }

  static HostOp.Run run(
      String name,
      Command command,
      RemotePath directory,
      Map<String, String> environment,
      RunInfo run) {
    return new HostOp.Run(
        new HostOp.CommandRun(
            name,
            command.run(),
            directory,
            environment,
            Math.max(1, command.timeout().toSeconds()),
            Optional.of(run.subject())),
        run.runId());
  }
}
