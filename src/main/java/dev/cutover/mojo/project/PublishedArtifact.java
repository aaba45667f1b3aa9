package dev.cutover.mojo.project;

import dev.cutover.domain.Problem;
import dev.cutover.error.BadParametersException;
import dev.cutover.error.CutoverException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/**
 * Bytes that were published before: {@code deploy.artifact}, {@code g:a:v[:ext[:classifier]]}.
 *
 * @param extension {@code jar} unless given
 * @param classifier empty unless given
 */
public record PublishedArtifact(
    String groupId, String artifactId, String version, String extension, String classifier) {

  private static final String PART = "[A-Za-z0-9_.+-]+";
  private static final Pattern TEXT =
      Pattern.compile("(%1$s):(%1$s):(%1$s)(?::(%1$s)(?::(%1$s))?)?".formatted(PART));

  /**
   * Reads coordinates.
   *
   * @throws BadParametersException if they are none
   */
  public static PublishedArtifact parse(String text) {
    Matcher m = TEXT.matcher(text.trim());
    if (!m.matches() || m.group(3).equals("LATEST") || m.group(3).equals("RELEASE")) {
      throw new BadParametersException(
          List.of(
              new Problem(
                  "deploy.artifact",
                  "is no published artifact: write groupId:artifactId:version[:extension"
                      + "[:classifier]] with an exact version")));
    }
    return new PublishedArtifact(
        m.group(1),
        m.group(2),
        m.group(3),
        m.group(4) == null ? "jar" : m.group(4),
        m.group(5) == null ? "" : m.group(5));
  }

  /**
   * Fetches its bytes into the local repository.
   *
   * @throws CutoverException if no repository has it
   */
  public Path resolve(
      RepositorySystem system, RepositorySystemSession session, List<RemoteRepository> remotes) {
    DefaultArtifact artifact =
        new DefaultArtifact(groupId, artifactId, classifier, extension, version);
    try {
      return system
          .resolveArtifact(session, new ArtifactRequest(artifact, remotes, null))
          .getArtifact()
          .getFile()
          .toPath();
    } catch (ArtifactResolutionException e) {
      throw new CutoverException(
          "deploy.artifact: " + artifact + " could not be fetched: " + e.getMessage(),
          "Publish it first, or correct deploy.artifact; nothing was touched.",
          e);
    }
  }

  /** Whether it is a module's own artifact. */
  public boolean isOf(String group, String artifact) {
    return groupId.equals(group) && artifactId.equals(artifact);
  }
}
