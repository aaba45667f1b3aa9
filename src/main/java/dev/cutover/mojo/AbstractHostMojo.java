package dev.cutover.mojo;

import dev.cutover.error.CutoverException;
import dev.cutover.mojo.config.DeployXml;
import dev.cutover.mojo.config.ProjectFacts;
import dev.cutover.mojo.config.RequestConverter;
import dev.cutover.mojo.reactor.Participants;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;

/** Goals that upload nothing: they run once, at the top, for every module that is released. */
abstract class AbstractHostMojo extends AbstractBuildMojo {

  @Inject private LifecycleExecutor lifecycle;
  @Inject private BuildPluginManager plugins;

  /** The goal itself. */
  abstract GoalCall goal();

  @Override
  void perform(DeployXml written) throws MojoFailureException, MojoExecutionException {
    Participants participants = new Participants(session(), mojoExecution().getExecutionId());
    List<MavenProject> modules = isTop() ? participants.modules() : List.of(project());
    boolean typed = session().getUserProperties().containsKey("deploy.target");
    boolean elsewhere =
        typed
            ? modules.size() == 1 && !modules.get(0).equals(project())
            : !modules.isEmpty() && !modules.equals(List.of(project()));
    if (!elsewhere) {
      here(written, participants);
      return;
    }
    for (MavenProject module : modules) {
      if (module.equals(project())) {
        here(written, participants);
      } else {
        participants.run(module, mojoExecution(), lifecycle, plugins);
      }
    }
  }

  /** What the request says of the module: no bundle, unless the goal needs to know it. */
  ProjectFacts facts(DeployXml written) {
    return facts();
  }

  private boolean isTop() {
    return !bound() && project().equals(session().getTopLevelProject());
  }

  private void here(DeployXml written, Participants participants) throws MojoFailureException {
    boolean target = written.target != null || written.targets != null;
    Optional<String> hint = participants.hint(mojoExecution().getGoal());
    if (!target && hint.isPresent()) {
      throw new CutoverException(
          "only executions of the plugin have a <target>; nothing was touched", hint.get());
    }
    run(RequestConverter.convert(written, facts(written)), goal());
  }
}
