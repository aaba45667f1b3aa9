package dev.cutover.testkit.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.testkit.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A project whose first release is migrated, and whose second waits to be: the functions of its
 * preset run as they would on a host.
 */
public final class PresetBench {

  private final Postgres postgres;
  private final MigrationTool tool;
  private final Path directory;
  private final String database;

  /** What a function said. */
  public record Said(int status, String output) {
    /** The last line; what {@code version} says has but one. */
    public String line() {
      return output.strip();
    }
  }

  public PresetBench(Postgres postgres, MigrationTool tool, Path directory) throws Exception {
    assumeTrue(tool.missing().isEmpty(), "needs the Debian package " + tool.missing().orElse(""));
    this.postgres = postgres;
    this.tool = tool;
    this.directory = directory;
    this.database = postgres.freshName();
    Files.createDirectories(directory.resolve("shared/config"));
    Files.write(directory.resolve("shared/config/db.env"), settings(postgres, database, tool));
    for (int i = 1; i <= 2; i++) {
      copy(tool.files(i), release(i));
    }
    postgres.copy("template0", database);
    Said first = run(1, "up", "");
    if (first.status() != 0) {
      throw new IllegalStateException(tool + ": " + first);
    }
    try (Connection connection = postgres.connect(database)) {
      Sql.run(connection, "insert into items values (1, 'kept')");
    }
  }

  public static List<String> settings(Postgres postgres, String database, MigrationTool tool) {
    return Stream.concat(
            Stream.of(
                "PGHOST=127.0.0.1",
                "PGPORT=" + postgres.port(),
                "PGDATABASE=" + database,
                "PGUSER=" + Postgres.OWNER,
                "PGPASSWORD='secret'",
                "CUTOVER_WAIT=60"),
            tool.settings().stream())
        .toList();
  }

  public static void copy(List<Path> folders, Path to) throws IOException {
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path target = to.resolve(folder.relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.write(target, Files.readAllBytes(file));
        }
      }
    }
    // Laravel wants it, and git keeps no empty directory.
    Files.createDirectories(to.resolve("bootstrap/cache"));
  }

  private String base() {
    return database + "_base";
  }

  public Path release(int number) {
    return directory.resolve("releases/2026010100000" + number);
  }

  public Path backup() {
    return directory.resolve("backup");
  }

  public Connection connect() throws SQLException {
    return postgres.connect(database);
  }

  public String schema() throws IOException {
    return postgres.schema(database);
  }

  /** From now on the database has a {@link Gate}, and can be {@link #reset}. */
  public void gated() throws SQLException {
    try (Connection connection = connect()) {
      new Gate(connection)
          .build(Stream.concat(Stream.of("counter"), tool.ledgers().stream()).toList());
    }
    postgres.copy(database, base());
  }

  /** The database as it was when the first release had been migrated. */
  public void reset() throws SQLException {
    postgres.copy(base(), database);
  }

  /** Runs a function of the preset in a release's directory, to its end. */
  public Said run(int release, String function, String from)
      throws IOException, InterruptedException {
    Running running = start(release, function, from);
    return running.end();
  }

  public Running start(int release, String function, String from) throws IOException {
    Path command = Files.createTempFile(directory, function, ".sh");
    Files.writeString(command, Presets.call(tool.preset(), function));
    Path output = Files.createTempFile(directory, function, ".out");
    ProcessBuilder builder =
        new ProcessBuilder("setsid", "sh", command.toString())
            .directory(release(release).toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "RELEASE_PATH", release(release).toString(),
                "RELEASE_ID", release(release).getFileName().toString(),
                "SHARED_PATH", directory.resolve("shared").toString(),
                "MIGRATION_ID", "db",
                "MIGRATION_FROM", from,
                "BACKUP_PATH", backup().toString()));
    return new Running(builder.start(), output);
  }

  /** A function at work, as the leader of a process group. */
  public record Running(Process process, Path output) {

    public Said end() throws IOException, InterruptedException {
      if (!process.waitFor(400, TimeUnit.SECONDS)) {
        killGroup();
        throw new IOException("it did not end: " + Files.readString(output, UTF_8));
      }
      return new Said(process.exitValue(), Files.readString(output, UTF_8));
    }

    /** Kills the tool alone: what has no children. */
    public void killTool() {
      process
          .descendants()
          .filter(handle -> handle.children().findAny().isEmpty())
          .forEach(ProcessHandle::destroyForcibly);
    }

    /**
     * By the shell's own kill: that of procps 4.0.2 takes a negative number for -1, all there is.
     */
    public void killGroup() {
      Commands.run("sh", "-c", "kill -KILL -\"$1\"", "sh", Long.toString(process.pid()));
    }
  }
}
