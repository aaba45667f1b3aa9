package dev.cutover.testkit.app;

import dev.cutover.app.DeployRequest;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the tests release. The name of a version is all there is to know of it: its files say it,
 * and one with {@value #SICK} in it is not healthy. The restart leaves word in the root's {@code
 * restarts}.
 *
 * @param work where the files of versions are made, and reports are written
 * @param options what a test has differently
 */
public record ExampleApp(
    List<Target> targets,
    Path work,
    VersionFiles files,
    Patience patience,
    Consumer<Requests> options) {

  public static final String SICK = "sick";

  /** The check, which is run in a release. */
  public static final String HEALTHY = "! grep -q " + SICK + " " + VersionFiles.APP;

  private static final int BYTES = 3_000;
  private static final VersionFiles FEW = new VersionFiles(4, BYTES);

  /** They go up as one stream. */
  private static final VersionFiles MANY = new VersionFiles(24, BYTES);

  public ExampleApp(Target target, Path work) {
    this(List.of(target), work);
  }

  public ExampleApp(List<Target> targets, Path work) {
    this(targets, work, FEW, Patience.USUAL, requests -> {});
  }

  /** With many files, shared files, hooks and a migration that leave word as the restart does. */
  public ExampleApp full() {
    return of(MANY)
        .with(
            requests -> {
              requests.shared =
                  new Shared(List.of("log", "uploads"), List.of("config/app.properties"));
              requests.migrations = List.of(LoggedCommands.migration());
              requests.hooks = LoggedCommands.hooks();
            });
  }

  public ExampleApp of(VersionFiles other) {
    return new ExampleApp(targets, work, other, patience, options);
  }

  public ExampleApp waiting(Patience other) {
    return new ExampleApp(targets, work, files, other, options);
  }

  public ExampleApp with(Consumer<Requests> more) {
    return new ExampleApp(targets, work, files, patience, options.andThen(more));
  }

  /** What a goal needs to release a version. */
  public DeployRequest request(String version) {
    Requests requests = new Requests(targets, work);
    requests.shared = new Shared(List.of("log"), List.of());
    requests.restart = Optional.of(LoggedCommands.restart());
    requests.health = patience.policy(version);
    requests.lockWait = Duration.ofMinutes(1);
    requests.executable = List.of("bin/**");
    options.accept(requests);
    return requests.of(version, files.in(work, version));
  }

  public static boolean healthy(String version) {
    return !version.contains(SICK);
  }

  /** The version that is live by its own word; empty when nothing is. */
  public static Optional<String> live(Path root) {
    Path current = root.resolve("current");
    return Files.exists(current, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(version(current))
        : Optional.empty();
  }

  private static String version(Path release) {
    try {
      return Files.readString(release.resolve(VersionFiles.APP)).strip();
    } catch (NoSuchFileException none) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with what is live: it is a version, whole, or there is none. */
  public List<String> broken(Path root) {
    Path current = root.resolve("current");
    if (!Files.isSymbolicLink(current)) {
      return Files.exists(current) ? List.of("current is no link") : List.of();
    }
    return files.broken(current, version(current)).stream()
        .map(problem -> "current " + problem)
        .toList();
  }
}
