package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Puts databases back from the backups of the release <code>deploy.releaseId</code>, by the <code>
 * restore</code> of each migration, and makes that release live. What was written to them since is
 * lost, so it is done only with <code>deploy.force</code>; nothing ever does it by itself.
 */
@Mojo(name = "restore", requiresProject = false, threadSafe = true)
public final class RestoreMojo extends AbstractHostMojo {

  @Override
  GoalCall goal() {
    return Deployments::restore;
  }
}
