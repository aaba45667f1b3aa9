package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Releases what the project built: stages and verifies it on every host, runs migrations, switches
 * <code>current</code> in one step, restarts, checks health, and puts everything back by itself
 * when any of that fails.
 */
@Mojo(
    name = "release",
    defaultPhase = LifecyclePhase.DEPLOY,
    requiresDependencyResolution = ResolutionScope.RUNTIME,
    threadSafe = true)
public final class ReleaseMojo extends AbstractUploadMojo {

  @Override
  GoalCall goal() {
    return Deployments::release;
  }
}
