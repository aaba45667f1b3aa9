package dev.cutover.proof.openssh;

import dev.cutover.app.DeployRequest;
import dev.cutover.domain.Command;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Hook;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.domain.Where;
import dev.cutover.testkit.app.Requests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is released: every file of a version says so, a version whose name begins with {@code bad}
 * is never healthy. Its commands leave word in files in the root: {@code restarts}, {@code
 * hooks.log} and {@code db.log}.
 *
 * @param work where the files of versions are made
 * @param full with shared files, hooks, a migration, and as many files as go up as one stream
 */
public record LinkShop(Target target, Path work, boolean full, int keep, Duration lockWait) {

  public static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int FEW = 4;
  private static final int MANY = 24;
  private static final int FILLER = 3_000;

  private static final String RESTART =
      "echo \"$RELEASE_ID\" >>\"$DEPLOY_ROOT/restarts\"; sleep 0.05";
  private static final String UP =
      "echo \"up $RELEASE_ID\" >>\"$DEPLOY_ROOT/db.log\"; sleep 0.1;"
          + " : >\"$DEPLOY_ROOT/db.$RELEASE_ID\"";
  private static final String DOWN =
      "echo \"down $RELEASE_ID\" >>\"$DEPLOY_ROOT/db.log\"; rm -f \"$DEPLOY_ROOT/db.$RELEASE_ID\"";
  private static final String CHECK = "[ -e \"$DEPLOY_ROOT/db.$RELEASE_ID\" ]";

  /** What a goal needs to release a version of it. */
  public DeployRequest request(String version) {
    boolean bad = version.startsWith("bad");
    Requests requests = new Requests(List.of(target), work);
    requests.shared =
        full
            ? new Shared(List.of("log", "uploads"), List.of("config/app.properties"))
            : new Shared(List.of("log"), List.of());
    requests.migrations = full ? List.of(migration()) : List.of();
    requests.restart = Optional.of(new Command(RESTART, MINUTE));
    requests.health =
        new HealthPolicy(
            List.of(new HealthCheck.Run("! grep -q bad app.txt")),
            bad ? Duration.ofSeconds(1) : Duration.ofSeconds(30),
            Duration.ofMillis(50),
            bad ? 1 : 2);
    requests.hooks = full ? hooks() : List.of();
    requests.keep = keep;
    requests.lockWait = lockWait;
    requests.watchdog = true;
    requests.executable = List.of("bin/**");
    return requests.of(version, files(version));
  }

  private static Migration migration() {
    return new Migration(
        "db",
        new Command(UP, MINUTE),
        Optional.of(new Command(DOWN, MINUTE)),
        Optional.of(new Command(CHECK, MINUTE)),
        Where.FIRST);
  }

  private static List<Hook> hooks() {
    return List.of(
        hook(Hook.Point.BEFORE_SWITCH, true),
        hook(Hook.Point.AFTER_SWITCH, true),
        hook(Hook.Point.AFTER_COMMIT, false),
        hook(Hook.Point.AFTER_REVERT, false));
  }

  private static Hook hook(Hook.Point point, boolean undone) {
    String log = " $RELEASE_ID\" >>\"$DEPLOY_ROOT/hooks.log\"";
    return new Hook(
        point,
        new Command("echo \"" + point.word() + log, MINUTE),
        undone
            ? Optional.of(new Command("echo \"undo-" + point.word() + log, MINUTE))
            : Optional.empty(),
        Where.ALL);
  }

  /** The files of a version, made when first asked for. */
  private Path files(String version) {
    Path directory = work.resolve("files-" + version + (full ? "-full" : ""));
    try {
      Path done = directory.resolveSibling(directory.getFileName() + ".done");
      if (!Files.exists(done)) {
        Files.createDirectories(directory.resolve("bin"));
        Files.writeString(directory.resolve("app.txt"), version + "\n");
        Files.writeString(directory.resolve("bin/run"), version + "\n");
        for (int i = 0; i < (full ? MANY : FEW); i++) {
          Files.writeString(
              directory.resolve("part" + i + ".txt"), version + "\n" + "x".repeat(FILLER + i));
        }
        Files.createFile(done);
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
