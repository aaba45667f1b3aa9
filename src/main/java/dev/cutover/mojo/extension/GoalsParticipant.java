package dev.cutover.mojo.extension;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.AbstractMavenLifecycleParticipant;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/**
 * Rewrites the requested goals once the POMs are read and before Maven resolves any prefix.
 *
 * <p>Active where a POM's {@code build/plugins} has this plugin with {@code
 * <extensions>true</extensions>}. A {@code defaultGoal} is rewritten like typed goals.
 *
 * <p>Tried by hand on Maven 3.6.3, 3.8.8, 3.9.16 and 4.0.0-rc-6: {@code clean deploy:release} with
 * maven-deploy-plugin declared before this plugin, and with both in that order in a reactor's
 * parent whose module has the target: one build each; {@code install deploy:deploy}, which
 * published. On 3.6.3 and 4.0.0-rc-6 also {@code deploy:release@id}, and {@code -Ddeploy.artifact},
 * which built nothing.
 */
public final class GoalsParticipant extends AbstractMavenLifecycleParticipant {

  private static final String GROUP = "dev.cutover";
  private static final String ARTIFACT = "cutover-deploy-maven-plugin";

  @Override
  public void afterProjectsRead(MavenSession session) {
    Optional<String> version = version(session);
    List<String> typed = requested(session);
    if (version.isEmpty() || typed.isEmpty()) {
      return;
    }
    boolean build =
        property(session, "deploy.artifact").isBlank()
            && !property(session, "deploy.prebuilt").equals("true");
    List<String> rewritten = new GoalRewriter(GROUP, ARTIFACT, version.get(), build).rewrite(typed);
    if (!rewritten.equals(typed)) {
      session.getRequest().setGoals(rewritten);
    }
  }

  /** The version in the top project, else in the first module of the reactor that has one. */
  private static Optional<String> version(MavenSession session) {
    return Stream.concat(
            Stream.ofNullable(session.getTopLevelProject()), session.getProjects().stream())
        .map(project -> project.getPlugin(GROUP + ":" + ARTIFACT))
        .filter(plugin -> plugin != null && plugin.getVersion() != null)
        .map(Plugin::getVersion)
        .findFirst();
  }

  private static List<String> requested(MavenSession session) {
    if (!session.getGoals().isEmpty()) {
      return session.getGoals();
    }
    MavenProject top = session.getTopLevelProject();
    String fallback = top == null ? null : top.getDefaultGoal();
    return fallback == null || fallback.isBlank()
        ? List.of()
        : Arrays.stream(fallback.trim().split("\\s+")).toList();
  }

  /** As Maven itself would evaluate the parameter: typed first, then the environment, the POM. */
  private static String property(MavenSession session, String name) {
    Properties project =
        session.getTopLevelProject() == null
            ? new Properties()
            : session.getTopLevelProject().getProperties();
    return Stream.of(session.getUserProperties(), session.getSystemProperties(), project)
        .map(properties -> properties.getProperty(name))
        .filter(value -> value != null)
        .findFirst()
        .orElse("")
        .trim();
  }
}
