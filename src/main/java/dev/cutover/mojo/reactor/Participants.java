package dev.cutover.mojo.reactor;

import dev.cutover.mojo.project.Module;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;

/** The modules a goal is about that runs once, at the top. */
public record Participants(MavenSession session, String executionId) {

  /** The modules that are released, in reactor order. */
  public List<MavenProject> modules() {
    return session.getProjects().stream().filter(this::takesPart).toList();
  }

  /** Which executions have a target where the goal as typed has none; empty when there are none. */
  public Optional<String> hint(String goal) {
    String hint =
        session.getProjects().stream()
            .flatMap(project -> new Module(project).executionsWithTarget())
            .distinct()
            .map(id -> "mvn deploy:" + goal + "@" + id)
            .collect(Collectors.joining(" or "));
    return Optional.of(hint).filter(text -> !text.isEmpty());
  }

  private boolean takesPart(MavenProject project) {
    Module module = new Module(project);
    return module.hasTarget(executionId) && !module.hasNothingToRelease(executionId);
  }

  /**
   * Runs a goal in a module as if it had been asked for there.
   *
   * @throws MojoFailureException as the goal itself does
   */
  public void run(
      MavenProject module,
      MojoExecution goal,
      LifecycleExecutor lifecycle,
      BuildPluginManager plugins)
      throws MojoFailureException, MojoExecutionException {
    MavenSession there = session.clone();
    there.setCurrentProject(module);
    String version = new Module(module).plugin().map(Plugin::getVersion).orElse(goal.getVersion());
    String task =
        "%s:%s:%s@%s".formatted(Module.PLUGIN, version, goal.getGoal(), goal.getExecutionId());
    try {
      for (MojoExecution planned :
          lifecycle.calculateExecutionPlan(there, task).getMojoExecutions()) {
        plugins.executeMojo(there, planned);
      }
    } catch (MojoFailureException | MojoExecutionException e) {
      throw e;
    } catch (Exception e) {
      throw new MojoExecutionException(new Module(module).name() + ": " + e.getMessage(), e);
    }
  }
}
