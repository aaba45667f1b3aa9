package dev.cutover.mojo.project;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** What a module's effective POM says about releasing it. */
public record Module(MavenProject project) {

  public static final String PLUGIN = "dev.cutover:cutover-deploy-maven-plugin";

  /** Our plugin in its {@code build/plugins}. */
  public Optional<Plugin> plugin() {
    return Optional.ofNullable(project.getPlugin(PLUGIN));
  }

  /** How messages name it. */
  public String name() {
    return project.getGroupId() + ":" + project.getArtifactId();
  }

  /** Whether it has no artifact of its own and its configuration names no files instead. */
  public boolean hasNothingToRelease(String executionId) {
    return project.getPackaging().equals("pom")
        && configuration(executionId)
            .map(dom -> dom.getChild("bundle"))
            .map(dom -> dom.getChild("files"))
            .filter(files -> files.getChildCount() > 0)
            .isEmpty();
  }

  /** Whether the plugin, or its execution of this id, is configured with a target. */
  public boolean hasTarget(String executionId) {
    return configuration(executionId).filter(Module::target).isPresent();
  }

  /** The executions that have a target, in the POM's order. */
  public Stream<String> executionsWithTarget() {
    return plugin().stream()
        .flatMap(plugin -> plugin.getExecutions().stream())
        .filter(execution -> dom(execution.getConfiguration()).filter(Module::target).isPresent())
        .map(PluginExecution::getId);
  }

  private Optional<Xpp3Dom> configuration(String executionId) {
    Optional<Xpp3Dom> own =
        plugin()
            .map(plugin -> plugin.getExecutionsAsMap().get(executionId))
            .flatMap(execution -> dom(execution.getConfiguration()));
    return own.or(() -> plugin().flatMap(plugin -> dom(plugin.getConfiguration())));
  }

  private static Optional<Xpp3Dom> dom(@Nullable Object configuration) {
    return configuration instanceof Xpp3Dom dom ? Optional.of(dom) : Optional.empty();
  }

  private static boolean target(Xpp3Dom dom) {
    Xpp3Dom one = dom.getChild("target");
    Xpp3Dom many = dom.getChild("targets");
    return (one != null && one.getValue() != null && !one.getValue().isBlank())
        || (many != null && many.getChildCount() > 0);
  }
}
