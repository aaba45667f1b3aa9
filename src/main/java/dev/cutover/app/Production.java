package dev.cutover.app;

import dev.cutover.bundle.BundleAssembler;
import dev.cutover.domain.Problem;
import dev.cutover.domain.Sleeper;
import dev.cutover.domain.Target;
import dev.cutover.domain.Ticker;
import dev.cutover.engine.Tools;
import dev.cutover.engine.Workers;
import dev.cutover.event.DeployListener;
import dev.cutover.health.Attempts;
import dev.cutover.health.HealthPreflight;
import dev.cutover.health.HealthProber;
import dev.cutover.health.HealthQuestion;
import dev.cutover.health.HealthVerdict;
import dev.cutover.step.Probe;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostConnector;
import dev.cutover.transport.ReconnectingHost;
import dev.cutover.transport.ScriptedHost;
import dev.cutover.transport.Stop;
import dev.cutover.transport.StoppableHost;
import dev.cutover.transport.local.LocalConnection;
import dev.cutover.transport.ssh.SshConnector;
import dev.cutover.transport.ssh.SshOptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;

/** The real parts, wired. */
public final class Production {

  private static final int RUN_ID_BYTES = 8;

  private Production() {}

  /**
   * The goals over real hosts.
   *
   * @param owner who we are, {@code user@machine}, for people who find our lock
   */
  public static Deployments deployments(SshOptions ssh, DeployListener listener, String owner) {
    return deployments(ssh, listener, owner, new Stop());
  }

  /** The same, for a run that can be told to stop. */
  public static Deployments deployments(
      SshOptions ssh, DeployListener listener, String owner, Stop stop) {
    return deployments(connector(new SshConnector(ssh)), listener, owner, stop);
  }

  /**
   * The goals over hosts that are opened in some other way; broken links are mended all the same.
   */
  public static Deployments deployments(HostConnector bare, DeployListener listener, String owner) {
    return deployments(bare, listener, owner, new Stop());
  }

  private static Deployments deployments(
      HostConnector bare, DeployListener listener, String owner, Stop stop) {
    return deployments(bare, Clock.systemUTC(), Sleeper.system(), listener, owner, stop);
  }

  /** The same by another clock: a proof need not sit through each wait for a lock. */
  public static Deployments deployments(
      HostConnector bare,
      Clock clock,
      Sleeper sleeper,
      DeployListener listener,
      String owner,
      Stop stop) {
    return deployments(bare, clock, sleeper, Ticker.system(), listener, owner, stop);
  }

  /** The same, with another sense of how long an owner of a lock has been silent. */
  public static Deployments deployments(
      HostConnector bare,
      Clock clock,
      Sleeper sleeper,
      Ticker ticker,
      DeployListener listener,
      String owner,
      Stop stop) {
    Tools tools =
        new Tools(
            listener,
            clock,
            new Prober(HealthProber.system()),
            new ShellHere(stop),
            Workers.threads());
    return new DefaultDeployments(
        new Wiring(
            StoppableHost.over(ReconnectingHost.over(bare, clock, sleeper), stop),
            (spec, work) -> new BundleAssembler(work).assemble(spec),
            (policy, host, layout) ->
                HealthPreflight.problems(policy, host, layout).stream()
                    .map(Problem::toString)
                    .toList(),
            tools,
            sleeper,
            ticker,
            Production::runId,
            owner));
  }

  private static HostConnector connector(SshConnector ssh) {
    return target ->
        new ScriptedHost(
            target, target instanceof Target.Ssh remote ? ssh.open(remote) : new LocalConnection());
  }

  private static String runId() {
    byte[] bytes = new byte[RUN_ID_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private record Prober(HealthProber prober) implements Probe {
    @Override
    public HealthVerdict untilDecided(Host host, HealthQuestion question, Attempts attempts) {
      return prober.untilDecided(host, question, attempts);
    }

    @Override
    public HealthVerdict once(Host host, HealthQuestion question, Attempts attempts) {
      return prober.once(host, question, attempts);
    }
  }
}
