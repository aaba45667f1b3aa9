package dev.cutover.mojo.config;

import dev.cutover.domain.Identity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the converter must know of the module.
 *
 * @param directory where relative sources start
 * @param reports {@code target/deploy}
 * @param main the bytes of the main artifact
 * @param dependencies its runtime dependencies
 * @param bundled whether the goal needs a bundle
 * @param goalCommand see {@link dev.cutover.app.DeployRequest#goalCommand()}
 */
public record ProjectFacts(
    Identity identity,
    Path directory,
    Path reports,
    Optional<Main> main,
    List<Dependency> dependencies,
    boolean bundled,
    String goalCommand) {

  public ProjectFacts {
    dependencies = List.copyOf(dependencies);
  }

  /** The same, of a version published before from a commit that is not known here. */
  public ProjectFacts promoting(String version) {
    return new ProjectFacts(
        new Identity(identity.name(), version, "unknown"),
        directory,
        reports,
        main,
        dependencies,
        bundled,
        goalCommand);
  }

  /**
   * The main artifact.
   *
   * @param file where its bytes are
   * @param name what it is called in a release, {@code ${artifactId}.${extension}}
   * @param stands the file of the build whose place it takes when published bytes are promoted
   */
  public record Main(Path file, String name, Optional<Path> stands) {}

  /** A runtime dependency, {@code name} being its file's name without its group. */
  public record Dependency(String groupId, String name, Path file) {}
}
