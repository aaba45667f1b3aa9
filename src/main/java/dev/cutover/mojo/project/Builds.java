package dev.cutover.mojo.project;

import dev.cutover.error.CutoverException;
import dev.cutover.mojo.config.ProjectFacts.Dependency;
import dev.cutover.mojo.config.ProjectFacts.Main;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;

/** What a module's build left to release. */
public final class Builds {

  private Builds() {}

  /**
   * The module's main artifact as this build made it.
   *
   * @param packaged whether a phase that packages has run, or is running, in this session
   * @throws CutoverException if nothing was built
   */
  public static Optional<Main> built(MavenProject project, boolean packaged) {
    if (project.getPackaging().equals("pom")) {
      return Optional.empty();
    }
    Optional<Path> file =
        Optional.ofNullable(project.getArtifact().getFile())
            .map(File::toPath)
            .filter(Files::isRegularFile);
    if (file.isEmpty() && !packaged) {
      throw new CutoverException(
          project.getArtifactId() + ": nothing was built in this run",
          "mvn package deploy:release (or -Ddeploy.prebuilt=true to release what lies in target/ as"
              + " it is; or <extensions>true</extensions> on this plugin, which builds by itself)");
    }
    return file.map(path -> new Main(path, name(project, extension(project)), Optional.empty()));
  }

  /** What lies in {@code target/} from an earlier build. */
  public static Optional<Main> prebuilt(MavenProject project) {
    Path file = place(project, extension(project));
    return Files.isRegularFile(file)
        ? Optional.of(new Main(file, name(project, extension(project)), Optional.empty()))
        : Optional.empty();
  }

  /** What this build made, or else an earlier one. */
  public static Optional<Main> lying(MavenProject project) {
    return project.getArtifact().getFile() != null && project.getArtifact().getFile().isFile()
        ? built(project, true)
        : prebuilt(project);
  }

  /** Published bytes in place of the module's own. */
  public static Main promoted(MavenProject project, PublishedArtifact artifact, Path bytes) {
    return new Main(
        bytes,
        name(project, artifact.extension()),
        Optional.of(place(project, artifact.extension())));
  }

  /**
   * The runtime dependencies.
   *
   * @throws CutoverException if one has not been packaged
   */
  public static List<Dependency> dependencies(MavenProject project) {
    return project.getArtifacts().stream()
        .filter(artifact -> !artifact.getArtifactHandler().getExtension().equals("pom"))
        .map(Builds::dependency)
        .toList();
  }

  private static Dependency dependency(Artifact artifact) {
    File file = artifact.getFile();
    if (file == null || !file.isFile()) {
      throw new CutoverException(
          "<bundle><dependencies>: " + artifact + " is no file; its module was not packaged",
          "mvn package deploy:release from the directory of the whole build; nothing was touched.");
    }
    String classifier = artifact.hasClassifier() ? "-" + artifact.getClassifier() : "";
    return new Dependency(
        artifact.getGroupId(),
        "%s-%s%s.%s"
            .formatted(
                artifact.getArtifactId(),
                artifact.getBaseVersion(),
                classifier,
                artifact.getArtifactHandler().getExtension()),
        file.toPath());
  }

  private static String extension(MavenProject project) {
    return project.getArtifact().getArtifactHandler().getExtension();
  }

  private static String name(MavenProject project, String extension) {
    return project.getArtifactId() + "." + extension;
  }

  private static Path place(MavenProject project, String extension) {
    return Path.of(
            project.getBuild().getDirectory(), project.getBuild().getFinalName() + "." + extension)
        .toAbsolutePath()
        .normalize();
  }
}
