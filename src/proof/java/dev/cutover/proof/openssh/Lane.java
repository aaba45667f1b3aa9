package dev.cutover.proof.openssh;

import dev.cutover.domain.Goal;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.testkit.Commands;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.app.ExampleApp;
import dev.cutover.testkit.server.OpenSshServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A server and a root of its own, which is put into the state that a scenario starts from. */
final class Lane implements AutoCloseable {

  private final Path directory;
  private final OpenSshServer server;
  private final Path above;
  private final Path root;
  private final Path work;
  private final Map<LinkScenario, Path> beginnings = new EnumMap<>(LinkScenario.class);

  Lane(Path directory) {
    this.directory = directory;
    try {
      server =
          OpenSshServer.start(
              Files.createDirectories(directory.resolve("sshd")), "MaxStartups 100");
      above = Files.createDirectories(directory.resolve("root"));
      root = above.resolve("srv");
      work = Files.createDirectories(directory.resolve("work"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HostTree tree() {
    return new HostTree(root);
  }

  Path work() {
    return work;
  }

  Reach reach() {
    return Reach.of(server, root);
  }

  /** The server's processes for connections; not the one that listens. */
  List<ProcessHandle> sessions() {
    return server.sessions();
  }

  ExampleApp app(LinkScenario scenario, Reach reach) {
    return reach.app(work, scenario.full, scenario.keep());
  }

  /** A client in a process of its own that dies at a moment; 0: never. */
  GoalClient.Order order(LinkScenario scenario, int moment) {
    return new GoalClient.Order(
        reach(),
        work,
        scenario.full,
        scenario.keep(),
        scenario.version,
        scenario.goals,
        moment,
        GoalClient.How.DIES);
  }

  /** Puts the root into the state a scenario starts from. */
  void begin(LinkScenario scenario) {
    Path beginning = beginnings.computeIfAbsent(scenario, this::prepare);
    Commands.must("rm", "-rf", root.toString());
    Commands.must("tar", "-xpf", beginning.toString(), "-C", above.toString());
  }

  private Path prepare(LinkScenario scenario) {
    Commands.must("rm", "-rf", root.toString());
    try {
      Files.createDirectories(root);
      if (scenario.full) {
        Files.createDirectories(root.resolve("shared/config"));
        Files.writeString(root.resolve("shared/config/app.properties"), "a=b\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ExampleApp app = reach().app(work, scenario.full, scenario.keepBefore());
    for (String version : scenario.before) {
      OutcomeReport report =
          Clients.run(
              reach().client(Moments.uneventful(), event -> {}, "setup@proof"),
              Goal.RELEASE,
              app.request(version));
      if (!report.success()) {
        throw new IllegalStateException(report.toString());
      }
    }
    Path beginning = directory.resolve(scenario.name() + ".tar");
    Commands.must("tar", "-cpf", beginning.toString(), "-C", above.toString(), "srv");
    return beginning;
  }

  @Override
  public void close() {
    server.close();
  }
}
