package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Compares the live release on each host with its manifest: files that changed, are missing or were
 * added.
 */
@Mojo(name = "verify", requiresProject = false, threadSafe = true)
public final class VerifyMojo extends AbstractHostMojo {

  @Override
  GoalCall goal() {
    return Deployments::verify;
  }
}
