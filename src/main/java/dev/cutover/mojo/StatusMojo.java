package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Says for each host what is live and how healthy it is, who holds the lock, what an interrupted
 * run left, which releases there are and how much disk is free.
 */
@Mojo(name = "status", requiresProject = false, threadSafe = true)
public final class StatusMojo extends AbstractHostMojo {

  @Override
  GoalCall goal() {
    return Deployments::status;
  }
}
