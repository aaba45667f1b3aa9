package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Removes the staged release <code>deploy.releaseId</code>, which was never live, from every host.
 * Without an id it names those that wait.
 */
@Mojo(name = "discard", requiresProject = false, threadSafe = true)
public final class DiscardMojo extends AbstractHostMojo {

  @Override
  GoalCall goal() {
    return Deployments::discard;
  }
}
