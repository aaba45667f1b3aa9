package dev.cutover.testkit.app;

import dev.cutover.app.DefaultDeployments;
import dev.cutover.app.DeployRequest;
import dev.cutover.app.Wiring;
import dev.cutover.bundle.BundleSpec;
import dev.cutover.domain.Command;
import dev.cutover.domain.Digests;
import dev.cutover.domain.Health;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Hook;
import dev.cutover.domain.Identity;
import dev.cutover.domain.Layout;
import dev.cutover.domain.Manifest;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseSpec;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Sleeper;
import dev.cutover.domain.Target;
import dev.cutover.domain.Ticker;
import dev.cutover.engine.Tools;
import dev.cutover.engine.Workers;
import dev.cutover.event.DeployEvent;
import dev.cutover.health.Attempts;
import dev.cutover.health.HealthQuestion;
import dev.cutover.health.HealthVerdict;
import dev.cutover.step.Probe;
import dev.cutover.testkit.sim.SimServer;
import dev.cutover.testkit.sim.SimServers;
import dev.cutover.testkit.time.ManualClock;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostConnector;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The whole application over hosts in memory. */
public final class Rig {

  public final ManualClock clock;
  public final SimServers servers;
  public final List<DeployEvent> events = Collections.synchronizedList(new ArrayList<>());
  public final List<String> localCommands = new ArrayList<>();

  /** What the checks say of what is live on a host. */
  public BiFunction<Host, RemotePath, Health> health = (host, path) -> Health.HEALTHY;

  /** Opens hosts; others than the servers may be put here. */
  public HostConnector connector = target -> at(target).connect();

  public Probe probe = new FakeProbe();
  public Workers workers = Workers.threads();
  public Sleeper sleeper;
  public Supplier<String> runIds;
  public String owner = "anna@ci";
  public Shared shared = Shared.NONE;
  public Optional<Command> build = Optional.empty();
  public List<Migration> migrations = List.of();
  public List<Hook> hooks = List.of();
  public Optional<Command> restart = Optional.of(new Command("restart", Duration.ofSeconds(5)));
  public boolean checks = true;
  public Duration patience = Duration.ofSeconds(30);
  public int keep = 5;
  public boolean watchdog;
  public boolean force;
  public Optional<ReleaseId> releaseId = Optional.empty();
  public Optional<DeployRequest.Said> said = Optional.empty();
  public Optional<DeployRequest.Found> found = Optional.empty();
  public boolean undoMigrations;
  public String content = "v1";
  private final List<Target> targets;

  public Rig(String... hosts) {
    this(new ManualClock(Instant.parse("2026-11-22T10:15:00Z")), new ArrayList<>());
    for (String host : hosts) {
      joins(host);
    }
  }

  /** A new host joins the configuration, the last in it. */
  public void joins(String host) {
    Layout layout = new Layout(new RemotePath("/srv/shop"));
    Target target =
        new Target.Ssh(
            host,
            Optional.of("deployer"),
            OptionalInt.empty(),
            new Target.Root.Absolute(layout.root()),
            "sftp://" + host + layout.root());
    targets.add(target);
    servers.add(target, layout);
  }

  /** The configuration names these hosts from now on, in this order. */
  public void isOver(String... hosts) {
    isOver(Arrays.stream(hosts).map(host -> server(host).target()).toList());
  }

  /** The configuration names these targets from now on, in this order. */
  public void isOver(List<Target> named) {
    List<Target> all = List.copyOf(named);
    targets.clear();
    targets.addAll(all);
  }

  /** A rig over hosts of the caller's own. */
  public Rig(ManualClock clock, List<Target> targets) {
    this.clock = clock;
    this.targets = new ArrayList<>(targets);
    servers = new SimServers(clock);
    sleeper = servers::pass;
    AtomicInteger runs = new AtomicInteger();
    runIds = () -> String.format("%016x", runs.incrementAndGet());
  }

  private SimServer at(Target target) {
    return servers.at(target);
  }

  /** The server of a name. */
  public SimServer server(String host) {
    return servers.all().stream()
        .filter(server -> server.target().host().equals(host))
        .findFirst()
        .orElseThrow();
  }

  public DefaultDeployments deployments() {
    Tools tools =
        new Tools(
            events::add,
            clock,
            probe,
            (command, directory, environment, output) -> localCommands.add(command.run()),
            workers);
    return new DefaultDeployments(
        new Wiring(
            connector,
            (spec, work) -> payload(),
            (policy, host, layout) -> List.of(),
            tools,
            sleeper,
            Ticker.of(clock),
            runIds,
            owner));
  }

  public DeployRequest request() {
    HealthCheck check = new HealthCheck.Run("bin/smoke");
    HealthPolicy policy =
        checks
            ? new HealthPolicy(List.of(check), patience, Duration.ofSeconds(1), 2)
            : HealthPolicy.NONE;
    return new DeployRequest(
        new Identity("com.example:shop", content, "abc1234"),
        List.copyOf(targets),
        new ReleaseSpec(
            shared,
            build,
            migrations,
            restart,
            policy,
            hooks,
            keep,
            Duration.ofSeconds(90),
            watchdog),
        Optional.of(new BundleSpec(List.of())),
        releaseId,
        force,
        undoMigrations,
        found,
        said,
        Path.of("."),
        Path.of("target"),
        "mvn deploy:");
  }

  private Payload payload() {
    byte[] bytes = content.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    String digest = Digests.sha256(content);
    Manifest manifest =
        new Manifest(List.of(new Manifest.Entry("shop.jar", digest, bytes.length, 0644)), digest);
    return new Payload() {
      @Override
      public Manifest manifest() {
        return manifest;
      }

      @Override
      public List<String> emptyDirectories() {
        return List.of();
      }

      @Override
      public InputStream open(String path) {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  private final class FakeProbe implements Probe {
    @Override
    public HealthVerdict untilDecided(Host host, HealthQuestion question, Attempts attempts) {
      return once(host, question, attempts);
    }

    @Override
    public HealthVerdict once(Host host, HealthQuestion question, Attempts attempts) {
      if (question.policy().checks().isEmpty()) {
        return new HealthVerdict(Health.UNKNOWN, "", 0);
      }
      Health verdict = health.apply(host, question.directory());
      attempts.answered(
          question.policy().checks().get(0), 1, verdict == Health.HEALTHY, verdict.name());
      return new HealthVerdict(verdict, verdict == Health.SICK ? "bin/smoke exited 1" : "", 1);
    }
  }
}
