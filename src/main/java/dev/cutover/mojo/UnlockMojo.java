package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.Mojo;

/** Breaks the lock that a dead run left; that of a live run only with <code>deploy.force</code>. */
@Mojo(name = "unlock", requiresProject = false, threadSafe = true)
public final class UnlockMojo extends AbstractHostMojo {

  @Override
  GoalCall goal() {
    return Deployments::unlock;
  }
}
