package dev.cutover.mojo;

import dev.cutover.domain.Target;
import dev.cutover.error.CutoverException;
import dev.cutover.mojo.config.DeployXml;
import dev.cutover.mojo.config.RequestConverter;
import dev.cutover.mojo.project.Module;
import dev.cutover.mojo.reactor.Participants;
import dev.cutover.mojo.reactor.ReleaseQueue;
import dev.cutover.mojo.reactor.ReleaseQueue.Ticket;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoFailureException;

/** Goals that bring a release to hosts; in a reactor they wait until every module succeeded. */
abstract class AbstractUploadMojo extends AbstractBuildMojo {

  /** The goal itself. */
  abstract GoalCall goal();

  @Override
  void perform(DeployXml written) throws MojoFailureException {
    if (takesPart(written)) {
      RequestConverter.Job job = RequestConverter.convert(written, built(written));
      ReleaseQueue.of(session())
          .add(
              ticket(),
              job.request().targets().stream().map(Target::lockOrder).collect(Collectors.toSet()),
              () -> run(job, goal()));
    } else if (ReleaseQueue.of(session()).pass(ticket()) && !bound()) {
      throw nobodyHasATarget();
    }
  }

  @Override
  void skipped() throws MojoFailureException {
    ReleaseQueue.of(session()).pass(ticket());
  }

  private Ticket ticket() {
    return new Ticket(
        project(), mojoExecution().getGoal() + "@" + mojoExecution().getExecutionId(), bound());
  }

  private boolean takesPart(DeployXml written) {
    Module module = new Module(project());
    boolean alone = session().getProjects().size() == 1;
    boolean target =
        (written.target != null && !written.target.isBlank())
            || (written.targets != null && !written.targets.isEmpty());
    if (!target || (!alone && module.plugin().isEmpty())) {
      getLog().debug("no target here: " + module.name() + " is not released");
      return false;
    }
    if (module.hasNothingToRelease(mojoExecution().getExecutionId())) {
      getLog().info("This module is a pom without bundle files: it is not released.");
      return false;
    }
    return isPromoted();
  }

  /** In a reactor published bytes are meant for the module they were published by. */
  private boolean isPromoted() {
    return coordinates()
        .map(
            published ->
                published.isOf(project().getGroupId(), project().getArtifactId())
                    || session().getProjects().stream()
                        .noneMatch(p -> published.isOf(p.getGroupId(), p.getArtifactId())))
        .orElse(true);
  }

  private MojoFailureException nobodyHasATarget() {
    String goal = mojoExecution().getGoal();
    Optional<String> hint = new Participants(session(), "").hint(goal);
    return Failures.of(
        new CutoverException(
            hint.isPresent()
                ? "only executions of the plugin have a <target>; nothing was touched"
                : "<target> is missing: no module has this plugin in <build><plugins> with a"
                    + " <target>; nothing was touched",
            hint.orElse("mvn deploy:" + goal + " -Ddeploy.target=sftp://user@host/srv/shop")));
  }
}
