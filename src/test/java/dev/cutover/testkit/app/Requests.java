package dev.cutover.testkit.app;

import dev.cutover.app.DeployRequest;
import dev.cutover.bundle.BundleSpec;
import dev.cutover.domain.Command;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Hook;
import dev.cutover.domain.Identity;
import dev.cutover.domain.Migration;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseSpec;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes requests to release the files of a directory; what a test does not set is left out. */
public final class Requests {

  public Shared shared = Shared.NONE;
  public Optional<Command> build = Optional.empty();
  public List<Migration> migrations = List.of();
  public Optional<Command> restart = Optional.empty();
  public HealthPolicy health = HealthPolicy.NONE;
  public List<Hook> hooks = List.of();
  public int keep = 5;
  public Duration lockWait = Duration.ofSeconds(5);
  public boolean watchdog;
  public List<String> executable = List.of();
  public Optional<ReleaseId> releaseId = Optional.empty();
  public boolean force;
  public boolean undoMigrations;
  public Optional<DeployRequest.Found> found = Optional.empty();

  private final List<Target> targets;
  private final Path work;

  /**
   * Requests about {@code targets}.
   *
   * @param work where commands that run here start, and reports are written
   */
  public Requests(List<Target> targets, Path work) {
    this.targets = List.copyOf(targets);
    this.work = work;
  }

  /** A root on this machine. */
  public static Target target(Path root) {
    return new Target.Local(
        new Target.Root.Absolute(new RemotePath(root.toString())), root.toUri().toString());
  }

  /** Of a shop of this version, which is made of all that lies in {@code source}. */
  public DeployRequest of(String version, Path source) {
    return of(new Identity("com.example:shop", version, "abc1234"), source);
  }

  public DeployRequest of(Identity identity, Path source) {
    BundleSpec.Item all =
        new BundleSpec.Item("<file>[1]", source, ".", false, executable, OptionalInt.empty());
    return new DeployRequest(
        identity,
        targets,
        new ReleaseSpec(
            shared, build, migrations, restart, health, hooks, keep, lockWait, watchdog),
        Optional.of(new BundleSpec(List.of(all))),
        releaseId,
        force,
        undoMigrations,
        found,
        work,
        work.resolve("reports"),
        "mvn deploy:");
  }
}
