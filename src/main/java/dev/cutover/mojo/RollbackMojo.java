package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Goes back to the release that was live before the live one, or to <code>deploy.releaseId</code>.
 * Typed again, it does not go one further.
 */
@Mojo(name = "rollback", requiresProject = false, threadSafe = true)
public final class RollbackMojo extends AbstractHostMojo {

  @Override
  GoalCall goal() {
    return Deployments::rollback;
  }
}
