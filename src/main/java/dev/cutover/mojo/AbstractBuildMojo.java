package dev.cutover.mojo;

import dev.cutover.mojo.config.DeployXml;
import dev.cutover.mojo.config.ProjectFacts;
import dev.cutover.mojo.extension.GoalRewriter;
import dev.cutover.mojo.project.Builds;
import dev.cutover.mojo.project.PublishedArtifact;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** Goals about what a module's build made, or what was published before. */
abstract class AbstractBuildMojo extends AbstractDeployMojo {

  /**
   * Releases published bytes instead of building: <code>g:a:v[:ext[:classifier]]</code>, fetched
   * from the repositories. So production gets what staging had, byte for byte.
   */
  @Parameter(property = "deploy.artifact")
  private @Nullable String artifact;

  /** Releases what lies in <code>target/</code> as it is, without building. Default: false. */
  @Parameter(property = "deploy.prebuilt")
  private @Nullable String prebuilt;

  @Inject private RepositorySystem repositories;

  /** The published bytes to release, if they are asked for. */
  final Optional<PublishedArtifact> coordinates() {
    String text = typed("deploy.artifact", artifact);
    return text.isEmpty() ? Optional.empty() : Optional.of(PublishedArtifact.parse(text));
  }

  /** What this module has to release, and the rest a request says of it. */
  final ProjectFacts built(DeployXml written) {
    boolean asItIs = isTrue(typed("deploy.prebuilt", prebuilt));
    return coordinates().isPresent() || asItIs
        ? built(written, Builds.prebuilt(project()))
        : built(written, Builds.built(project(), packaged()));
  }

  /** The same with a main artifact, which published bytes replace if they are asked for. */
  final ProjectFacts built(DeployXml written, Optional<ProjectFacts.Main> main) {
    List<ProjectFacts.Dependency> dependencies =
        written.wantsDependencies() ? Builds.dependencies(project()) : List.of();
    Optional<PublishedArtifact> published = coordinates();
    if (published.isEmpty()) {
      return facts(main, dependencies, true);
    }
    Path bytes =
        published
            .get()
            .resolve(
                repositories,
                session().getRepositorySession(),
                project().getRemoteProjectRepositories());
    return facts(
            Optional.of(Builds.promoted(project(), published.get(), bytes)), dependencies, true)
        .promoting(published.get().version());
  }

  private boolean packaged() {
    return bound() || session().getGoals().stream().anyMatch(GoalRewriter::packages);
  }
}
