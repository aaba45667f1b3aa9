package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Looks whether a release could come: reach, login, tools, write access, disk, one file system,
 * forwarding, sudo. Makes and removes one probe directory.
 */
@Mojo(name = "check", requiresProject = false, threadSafe = true)
public final class CheckMojo extends AbstractHostMojo {

  @Override
  GoalCall goal() {
    return Deployments::check;
  }
}
