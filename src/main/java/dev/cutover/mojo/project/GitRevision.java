package dev.cutover.mojo.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The commit a checkout stands at, read from {@code .git} itself: no git need be installed. Knows
 * branches, packed refs, detached heads and worktrees.
 */
public final class GitRevision {

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final List<String> CI = List.of("GIT_COMMIT", "GITHUB_SHA", "CI_COMMIT_SHA");
  private static final int MOST_LINKS = 5;

  private GitRevision() {}

  /** The commit, else what the CI server says, else {@code unknown}. */
  public static String of(Path directory, Map<String, String> environment) {
    return head(directory)
        .or(
            () ->
                CI.stream()
                    .map(name -> environment.getOrDefault(name, ""))
                    .filter(text -> COMMIT.matcher(text).matches())
                    .findFirst())
        .orElse("unknown");
  }

  private static Optional<String> head(Path directory) {
    try {
      for (Path at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
        Path git = at.resolve(".git");
        if (Files.isDirectory(git)) {
          return resolve(git, git.resolve("HEAD"), MOST_LINKS);
        }
        if (Files.isRegularFile(git)) {
          Path real = at.resolve(text(git).replaceFirst("^gitdir:\\s*", "")).normalize();
          return resolve(real, real.resolve("HEAD"), MOST_LINKS);
        }
      }
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<String> resolve(Path git, Path file, int links) throws IOException {
    String text = text(file);
    if (!text.startsWith("ref:")) {
      return Optional.of(text).filter(t -> COMMIT.matcher(t).matches());
    }
    String ref = text.substring("ref:".length()).trim();
    Path common = common(git);
    for (Path root : List.of(git, common)) {
      Path loose = root.resolve(ref).normalize();
      if (loose.startsWith(root.normalize()) && Files.isRegularFile(loose) && links > 0) {
        return resolve(git, loose, links - 1);
      }
    }
    return packed(common.resolve("packed-refs"), ref);
  }

  /** A worktree has its own HEAD; its refs are the main checkout's. */
  private static Path common(Path git) throws IOException {
    Path file = git.resolve("commondir");
    return Files.isRegularFile(file) ? git.resolve(text(file)).normalize() : git;
  }

  private static Optional<String> packed(Path file, String ref) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.endsWith(" " + ref))
          .map(line -> line.substring(0, line.indexOf(' ')))
          .filter(text -> COMMIT.matcher(text).matches())
          .findFirst();
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file).trim();
  }
}
