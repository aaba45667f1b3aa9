package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Settles what an interrupted run left on the hosts: before its decision what was live is put back
 * and the release goes to quarantine; after it, the rest is written down. Every goal that changes a
 * host does this first; this one does nothing else.
 */
@Mojo(name = "recover", requiresProject = false, threadSafe = true)
public final class RecoverMojo extends AbstractHostMojo {

  @Override
  GoalCall goal() {
    return Deployments::recover;
  }
}
