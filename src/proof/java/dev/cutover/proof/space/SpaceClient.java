package dev.cutover.proof.space;

import dev.cutover.app.DeployRequest;
import dev.cutover.app.Production;
import dev.cutover.domain.Command;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.Target;
import dev.cutover.event.DeployEvent;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.app.ExampleApp;
import dev.cutover.testkit.app.Patience;
import dev.cutover.testkit.app.VersionFiles;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostConnector;
import dev.cutover.transport.ScriptedHost;
import dev.cutover.transport.local.LocalConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A client that keeps what it is told. */
final class SpaceClient {

  /** Enough to travel as a tar, which a user of little rights unpacks. */
  static final VersionFiles MANY = new VersionFiles(20, 12_800);

  /** So few that each is written by SFTP. */
  static final VersionFiles FEW = new VersionFiles(9, 12_800);

  private static final Patience PATIENCE =
      new Patience(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(10), 1);

  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  static ExampleApp app(Target target, Path work, VersionFiles files) {
    return new ExampleApp(target, work)
        .of(files)
        .waiting(PATIENCE)
        .with(
            requests -> {
              // It must not be what fails for want of room.
              requests.restart = Optional.of(new Command("true", Duration.ofSeconds(20)));
              requests.keep = 2;
              requests.lockWait = Duration.ofSeconds(20);
            });
  }

  /** Releases on this machine, to a host that is opened as {@code around} says. */
  OutcomeReport release(DeployRequest request, boolean foreign, UnaryOperator<Host> around) {
    return release(request, found -> around.apply(new ScriptedHost(found, connection(foreign))));
  }

  OutcomeReport release(DeployRequest request, HostConnector hosts) {
    told.clear();
    OutcomeReport report =
        Production.deployments(hosts, this::hear, Clients.OWNER).release(request);
    told.add(report.happened());
    report.hosts().forEach(host -> told.add(host.message()));
    return report;
  }

  /** All that the last release said of what went wrong. */
  String told() {
    return String.join("\n", told);
  }

  private void hear(DeployEvent event) {
    if (event instanceof DeployEvent.Warning warning) {
      told.add(warning.text());
    }
  }

  private static LocalConnection connection(boolean foreign) {
    String nobody = Integer.toString(Squeeze.NOBODY);
    return foreign
        ? new LocalConnection(
            List.of(
                "setpriv", "--reuid=" + nobody, "--regid=" + nobody, "--clear-groups", "/bin/sh"),
            Map.of())
        : new LocalConnection();
  }
}
