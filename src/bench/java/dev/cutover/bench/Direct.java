package dev.cutover.bench;

import dev.cutover.app.DeployRequest;
import dev.cutover.app.Production;
import dev.cutover.bundle.BundleSpec;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Identity;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.ReleaseSpec;
import dev.cutover.domain.Shared;
import dev.cutover.event.DeployEvent;
import dev.cutover.transport.Credentials;
import dev.cutover.transport.Secret;
import dev.cutover.transport.ssh.SshOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Releases without Maven, in this JVM. */
record Direct(LongLink link, Place place) {

  /**
   * Releases a tree.
   *
   * @param connected called when the login is done
   */
  void release(Path root, Path tree, Runnable connected) throws IOException {
    Credentials credentials =
        new Credentials(
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Secret(link.server().key().toString())),
            Optional.empty());
    SshOptions ssh =
        SshOptions.defaults()
            .withKnownHosts(List.of(link.server().knownHosts()))
            .withCredentials(target -> credentials);
    OutcomeReport report =
        Production.deployments(ssh, event -> heard(event, connected), "bench@here")
            .release(request(root, tree));
    if (!report.success()) {
      throw new IOException(report.outcome() + ": " + report.happened());
    }
  }

  private static void heard(DeployEvent event, Runnable connected) {
    if (event instanceof DeployEvent.Connected) {
      connected.run();
    }
  }

  private DeployRequest request(Path root, Path tree) throws IOException {
    return new DeployRequest(
        new Identity("bench:bench", "1", "unknown"),
        List.of(link.server().target(link.proxy().port(), root)),
        new ReleaseSpec(
            new Shared(List.of(), List.of()),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            new HealthPolicy(List.of(), Duration.ofSeconds(1), Duration.ofSeconds(1), 1),
            List.of(),
            3,
            Duration.ofSeconds(5),
            false),
        Optional.of(
            new BundleSpec(
                List.of(
                    new BundleSpec.Item(
                        "<file>[1]", tree, ".", false, List.of(), OptionalInt.empty())))),
        Optional.empty(),
        true,
        tree,
        place.sub("reports"),
        "mvn deploy:");
  }
}
