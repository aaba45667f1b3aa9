package dev.cutover.testkit.app;

import dev.cutover.app.DeployRequest;
import dev.cutover.app.Deployments;
import dev.cutover.app.Production;
import dev.cutover.domain.Goal;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.event.DeployListener;
import dev.cutover.testkit.time.ManualClock;
import dev.cutover.transport.HostConnector;
import dev.cutover.transport.Stop;
import dev.cutover.transport.ssh.SshOptions;
import java.time.Instant;

/** Those who ask for goals, from below the mojos downwards; {@value #OWNER} by name. */
public final class Clients {

  public static final String OWNER = "anna@laptop";

  private Clients() {}

  /** One as Maven makes it. */
  public static Deployments usual() {
    return usual(event -> {});
  }

  public static Deployments usual(DeployListener listener) {
    return Production.deployments(SshOptions.defaults(), listener, OWNER);
  }

  /** One whose waiting costs no time. */
  public static Deployments hasty(HostConnector hosts) {
    ManualClock clock = new ManualClock(Instant.now());
    return Production.deployments(hosts, clock, clock::advance, event -> {}, OWNER, new Stop());
  }

  /** Has a client reach a goal that changes something. */
  public static OutcomeReport run(Deployments client, Goal goal, DeployRequest request) {
    return switch (goal) {
      case RELEASE -> client.release(request);
      case STAGE -> client.stage(request);
      case ACTIVATE -> client.activate(request);
      case ROLLBACK -> client.rollback(request);
      case PRUNE -> client.prune(request);
      case DISCARD -> client.discard(request);
      default -> throw new IllegalArgumentException(goal.word());
    };
  }
}
