package dev.cutover.mojo;

import dev.cutover.app.DeployRequest;
import dev.cutover.app.Deployments;
import dev.cutover.app.Signals;
import dev.cutover.domain.Identity;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.error.CutoverException;
import dev.cutover.mojo.config.DeployXml;
import dev.cutover.mojo.config.ProjectFacts;
import dev.cutover.mojo.config.RequestConverter;
import dev.cutover.mojo.project.GitRevision;
import dev.cutover.mojo.project.GoalCommand;
import dev.cutover.mojo.project.Module;
import dev.cutover.transport.Stop;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** What all goals share: from parameters to a request, from an outcome to Maven's verdict. */
abstract class AbstractDeployMojo extends Parameters {

  /** Does nothing at all. Default: false. */
  @Parameter(property = "deploy.skip")
  private @Nullable String skip;

  @SuppressWarnings("NullAway.Init")
  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @SuppressWarnings("NullAway.Init")
  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @SuppressWarnings("NullAway.Init")
  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  private MojoExecution mojoExecution;

  @Inject private SettingsDecrypter decrypter;

  @Override
  public final void execute() throws MojoFailureException, MojoExecutionException {
    try {
      if (isTrue(typed("deploy.skip", skip))) {
        getLog().info("deploy.skip is set: nothing is done.");
        skipped();
      } else {
        perform(written(session.getUserProperties()));
      }
    } catch (CutoverException e) {
      throw Failures.of(e);
    }
  }

  /** Does what the goal is for. */
  abstract void perform(DeployXml written) throws MojoFailureException, MojoExecutionException;

  /** The goal was skipped in this module. */
  void skipped() throws MojoFailureException {}

  final MavenSession session() {
    return session;
  }

  final MavenProject project() {
    return project;
  }

  final MojoExecution mojoExecution() {
    return mojoExecution;
  }

  /** Whether a phase runs this goal, rather than the command line. */
  final boolean bound() {
    return mojoExecution.getSource() == MojoExecution.Source.LIFECYCLE;
  }

  /** A parameter's value, what was typed on the command line first. */
  final String typed(String property, @Nullable String value) {
    String written = session.getUserProperties().getProperty(property, value == null ? "" : value);
    return written.trim();
  }

  static boolean isTrue(String value) {
    return value.equals("true");
  }

  final boolean hasPom() {
    return project.getFile() != null;
  }

  /** What a request says of this module, without a bundle. */
  final ProjectFacts facts() {
    return facts(Optional.empty(), List.of(), false);
  }

  final ProjectFacts facts(
      Optional<ProjectFacts.Main> main,
      List<ProjectFacts.Dependency> dependencies,
      boolean bundled) {
    Path directory =
        hasPom()
            ? project.getBasedir().toPath()
            : Path.of(session.getExecutionRootDirectory()).toAbsolutePath();
    Path target =
        hasPom() ? Path.of(project.getBuild().getDirectory()) : directory.resolve("target");
    Identity identity =
        hasPom()
            ? new Identity(
                new Module(project).name(),
                project.getVersion(),
                GitRevision.of(directory, System.getenv()))
            : new Identity("(no project)", "unknown", "unknown");
    return new ProjectFacts(
        identity, directory, target.resolve("deploy"), main, dependencies, bundled, goalCommand());
  }

  private String goalCommand() {
    String plugin = hasPom() ? "deploy" : Module.PLUGIN + ":" + mojoExecution.getVersion();
    return GoalCommand.of(
        session.getRequest().getActiveProfiles(), session.getUserProperties(), plugin);
  }

  /** One of the goals of {@link Deployments}. */
  @FunctionalInterface
  interface GoalCall {
    OutcomeReport on(Deployments deployments, DeployRequest request);
  }

  final void run(RequestConverter.Job job, GoalCall goal) throws MojoFailureException {
    OutcomeReport report;
    Stop stop = new Stop();
    Signals signals = Signals.to(stop, this::toldToStop);
    try {
      Deployments deployments =
          new DeploymentsFactory(session, decrypter, getLog()).create(job, stop);
      report = goal.on(deployments, job.request());
    } catch (CutoverException e) {
      throw Failures.of(e);
    } finally {
      signals.close();
    }
    if (!report.success()) {
      throw Failures.of(report);
    }
  }

  /** The run hangs in something that takes longer than this process may. */
  private void toldToStop() {
    getLog()
        .error(
            "the run was told to stop, and does nothing more; settle what it left with: "
                + goalCommand()
                + "recover, or any other goal");
  }
}
