package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Prints every step a release would take on the real hosts, and how each is taken back. Changes
 * nothing and takes no lock.
 */
@Mojo(name = "plan", requiresProject = false, threadSafe = true)
public final class PlanMojo extends AbstractHostMojo {

  @Override
  GoalCall goal() {
    return Deployments::plan;
  }
}
