package dev.cutover.app;

import dev.cutover.bundle.BundleSpec;
import dev.cutover.domain.Identity;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseSpec;
import dev.cutover.domain.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything a goal needs, checked and immutable.
 *
 * @param targets at least one, the coordinator first, no two the same place
 * @param bundle what a release is made of; absent for goals that upload nothing
 * @param releaseId the release the user named with {@code deploy.releaseId}
 * @param force {@code deploy.force}
 * @param decided what a person says that an interrupted run had decided, where no host can tell
 * @param directory where commands that run on this machine start, the module's base directory
 * @param reports where {@code outcome.json} is written, {@code target/deploy}
 * @param undoMigrations whether a rollback also takes back the migrations of what it passes over
 * @param found what a person found out about a database in doubt
 * @param goalCommand how the user would type a goal again, e.g. {@code mvn deploy:}; a goal's word
 *     is appended
 */
public record DeployRequest(
    Identity project,
    List<Target> targets,
    ReleaseSpec spec,
    Optional<BundleSpec> bundle,
    Optional<ReleaseId> releaseId,
    boolean force,
    boolean undoMigrations,
    Optional<Found> found,
    Optional<Said> decided,
    Path directory,
    Path reports,
    String goalCommand) {

  public DeployRequest {
    targets = List.copyOf(targets);
  }

  /** A request that asks nothing of migrations. */
  public DeployRequest(
      Identity project,
      List<Target> targets,
      ReleaseSpec spec,
      Optional<BundleSpec> bundle,
      Optional<ReleaseId> releaseId,
      boolean force,
      Path directory,
      Path reports,
      String goalCommand) {
    this(
        project,
        targets,
        spec,
        bundle,
        releaseId,
        force,
        false,
        Optional.empty(),
        Optional.empty(),
        directory,
        reports,
        goalCommand);
  }

  /** A request that says nothing of what was decided. */
  public DeployRequest(
      Identity project,
      List<Target> targets,
      ReleaseSpec spec,
      Optional<BundleSpec> bundle,
      Optional<ReleaseId> releaseId,
      boolean force,
      boolean undoMigrations,
      Optional<Found> found,
      Path directory,
      Path reports,
      String goalCommand) {
    this(
        project,
        targets,
        spec,
        bundle,
        releaseId,
        force,
        undoMigrations,
        found,
        Optional.empty(),
        directory,
        reports,
        goalCommand);
  }

  /** What a person says that a run had decided. */
  public enum Said {
    /** It stays. */
    COMMITTED,
    /** It is taken back. */
    ABORTED
  }

  /**
   * What a person found out about a database.
   *
   * @param migration its id
   * @param applied whether the change is there, whole; else nothing of it is
   */
  public record Found(String migration, boolean applied) {}

  /** What a release of these files takes up. */
  Footprint footprint(Payload payload) {
    int links = spec.shared().dirs().size() + spec.shared().files().size();
    return Footprint.of(payload, links);
  }
}
