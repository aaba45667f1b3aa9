package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Brings a new release to every host, complete and verified, and switches nothing. <code>
 * deploy:activate</code> makes it live.
 */
@Mojo(name = "stage", requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
public final class StageMojo extends AbstractUploadMojo {

  @Override
  GoalCall goal() {
    return Deployments::stage;
  }
}
