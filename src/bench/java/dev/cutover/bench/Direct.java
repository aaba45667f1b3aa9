package dev.cutover.bench;

import dev.cutover.app.DeployRequest;
import dev.cutover.app.Deployments;
import dev.cutover.app.Production;
import dev.cutover.bundle.BundleSpec;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Identity;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.ReleaseSpec;
import dev.cutover.domain.Shared;
import dev.cutover.event.DeployEvent;
import dev.cutover.event.DeployListener;
import dev.cutover.testkit.server.OpenSshServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Releases without Maven, in this JVM.
 *
 * @param port where the server is reached, perhaps through a proxy
 */
record Direct(OpenSshServer server, int port, Place place) {

  Direct(LongLink link, Place place) {
    this(link.server(), link.proxy().port(), place);
  }

  /**
   * Releases a tree.
   *
   * @param connected called when the login is done
   */
  void release(Path root, Path tree, Runnable connected) throws IOException {
    require(
        deployments(event -> heard(event, connected))
            .release(request(root, tree, HealthPolicy.NONE)),
        true);
  }

  /** Releases a tree whose health check fails. */
  void fail(Path root, Path tree) throws IOException {
    HealthPolicy sick =
        new HealthPolicy(
            List.of(new HealthCheck.Run("! test -e sick")),
            Duration.ofMillis(200),
            Duration.ofMillis(100),
            1);
    require(deployments(event -> {}).release(request(root, tree, sick)), false);
  }

  /** Goes back to what was live before. */
  void rollback(Path root, Path tree) throws IOException {
    require(deployments(event -> {}).rollback(request(root, tree, HealthPolicy.NONE)), true);
  }

  private static void require(OutcomeReport report, boolean success) throws IOException {
    if (report.success() != success) {
      throw new IOException(report.outcome() + ": " + report.happened());
    }
  }

  private Deployments deployments(DeployListener listener) {
    return Production.deployments(server.options(), listener, "bench@here");
  }

  private static void heard(DeployEvent event, Runnable connected) {
    if (event instanceof DeployEvent.Connected) {
      connected.run();
    }
  }

  private DeployRequest request(Path root, Path tree, HealthPolicy health) throws IOException {
    return new DeployRequest(
        new Identity("bench:bench", "1", "unknown"),
        List.of(server.target(port, root)),
        new ReleaseSpec(
            new Shared(List.of(), List.of()),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            health,
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
