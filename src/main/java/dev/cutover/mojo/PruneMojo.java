package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Removes old releases, except the live one, the one before, the newest <code>keep</code> good
 * ones, the newest <code>keep</code> that are staged and any that a process runs from.
 */
@Mojo(name = "prune", requiresProject = false, threadSafe = true)
public final class PruneMojo extends AbstractHostMojo {

  @Override
  GoalCall goal() {
    return Deployments::prune;
  }
}
