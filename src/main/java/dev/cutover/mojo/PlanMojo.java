package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import dev.cutover.mojo.config.DeployXml;
import dev.cutover.mojo.config.ProjectFacts;
import dev.cutover.mojo.project.Builds;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Prints every step a release would take on the real hosts, and how each is taken back. Changes
 * nothing and takes no lock.
 */
@Mojo(
    name = "plan",
    requiresProject = false,
    requiresDependencyResolution = ResolutionScope.RUNTIME,
    threadSafe = true)
public final class PlanMojo extends AbstractHostMojo {

  @Override
  ProjectFacts facts(DeployXml written) {
    return built(written, Builds.lying(project()));
  }

  @Override
  GoalCall goal() {
    return Deployments::plan;
  }
}
