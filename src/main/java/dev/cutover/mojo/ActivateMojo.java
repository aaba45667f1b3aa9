package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Makes a staged release live: the newest, or <code>deploy.releaseId</code>. Migrations, switch,
 * restart, health check and automatic revert as in <code>deploy:release</code>.
 */
@Mojo(name = "activate", requiresProject = false, threadSafe = true)
public final class ActivateMojo extends AbstractHostMojo {

  @Override
  GoalCall goal() {
    return Deployments::activate;
  }
}
