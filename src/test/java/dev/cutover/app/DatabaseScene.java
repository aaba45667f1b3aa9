package dev.cutover.app;

import dev.cutover.domain.Command;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Migration.Forward;
import dev.cutover.domain.Migration.UndoOrder;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Where;
import dev.cutover.event.DeployEvent;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.app.ExampleApp;
import dev.cutover.testkit.app.Requests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Releases to directories of this machine with a database that is a text file, a line a change, and
 * commands that write down each start of theirs.
 */
final class DatabaseScene {

  final Path temp;
  final List<Path> roots = new ArrayList<>();
  final Path db;
  final Path starts;
  final List<DeployEvent> events = Collections.synchronizedList(new ArrayList<>());

  /** The commands of the migration, by name; what is absent it does not have. */
  final Map<String, String> commands = new TreeMap<>();

  Where on = Where.FIRST;
  UndoOrder undoOrder = UndoOrder.AFTER_FLIP;
  boolean probeOld;
  Optional<Forward> forward = Optional.empty();
  String health = ExampleApp.HEALTHY;
  Optional<String> build = Optional.empty();
  Optional<ReleaseId> releaseId = Optional.empty();
  boolean force;
  boolean undoMigrations;
  Optional<DeployRequest.Found> found = Optional.empty();
  int keep = 5;
  Duration timeout = Duration.ofSeconds(60);

  DatabaseScene(Path temp) {
    this.temp = temp;
    db = temp.resolve("db.txt");
    starts = temp.resolve("starts.txt");
    roots.add(temp.resolve("srv"));
    if (!Files.exists(db)) {
      write(db, "");
      write(starts, "");
    }
    command("up", "echo $PROJECT_VERSION >>$db");
    command("down", "sed -i '$d' $db");
    command("check", "grep -qx $PROJECT_VERSION $db");
    command("version", "wc -l <$db");
  }

  /** Has a command of the migration write down its start and then do {@code text}. */
  void command(String name, String text) {
    commands.put(
        name,
        "db=%s\necho \"%s $PROJECT_VERSION ${MIGRATION_FROM:--}\" >>%s\n%s"
            .formatted(db, name, starts, text));
  }

  OutcomeReport release(String version) {
    return deployments().release(request(version));
  }

  OutcomeReport run(BiFunction<Deployments, DeployRequest, OutcomeReport> goal) {
    return goal.apply(deployments(), request("unused"));
  }

  Deployments deployments() {
    return Clients.usual(events::add);
  }

  DeployRequest request(String version) {
    return new ExampleApp(roots.stream().map(Requests::target).toList(), temp)
        .with(this::set)
        .request(version);
  }

  private void set(Requests requests) {
    requests.build = build.map(this::timed);
    requests.migrations = List.of(migration());
    requests.restart = Optional.of(timed("echo \"restart $PROJECT_VERSION -\" >>" + starts));
    requests.health =
        new HealthPolicy(
            List.of(new HealthCheck.Run(health)), Duration.ofSeconds(3), Duration.ofMillis(50), 1);
    requests.keep = keep;
    requests.lockWait = Duration.ofSeconds(20);
    requests.releaseId = releaseId;
    requests.force = force;
    requests.undoMigrations = undoMigrations;
    requests.found = found;
  }

  private Migration migration() {
    return new Migration(
        "db",
        "",
        command("up").orElseThrow(),
        command("down"),
        command("check"),
        command("version"),
        command("backup"),
        command("restore"),
        on,
        undoOrder,
        probeOld,
        forward);
  }

  private Optional<Command> command(String name) {
    return Optional.ofNullable(commands.get(name)).map(this::timed);
  }

  private Command timed(String run) {
    return new Command(run, timeout);
  }

  /** The starts since the last call. */
  List<String> started() {
    List<String> lines = lines(starts);
    write(starts, "");
    return lines;
  }

  List<String> database() {
    return lines(db);
  }

  String live() {
    return ExampleApp.live(roots.get(0)).orElseThrow();
  }

  Path state() {
    return roots.get(0).resolve(".cutover");
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
