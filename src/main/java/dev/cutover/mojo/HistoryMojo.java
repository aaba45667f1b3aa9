package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import org.apache.maven.plugins.annotations.Mojo;

/** Says who put what live when, and how it went. */
@Mojo(name = "history", requiresProject = false, threadSafe = true)
public final class HistoryMojo extends AbstractHostMojo {

  @Override
  GoalCall goal() {
    return Deployments::history;
  }
}
