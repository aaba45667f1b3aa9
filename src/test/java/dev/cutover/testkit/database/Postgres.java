package dev.cutover.testkit.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.testkit.server.OpenSshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the test's own, on loopback, as the user {@code postgres} when root runs the
 * test. The role {@value #OWNER} owns the databases that are made for it.
 */
public final class Postgres implements AutoCloseable {

  public static final String OWNER = "shop";
  private static final String TAKEN = "Address already in use";
  private static final int TRIES = 10;
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  private final Path programs;
  private final Path directory;
  private int port;
  private final AtomicInteger named = new AtomicInteger();

  private Postgres(Path programs, Path directory) {
    this.programs = programs;
    this.directory = directory;
  }

  /** Starts one, or skips the test where there is none. */
  public static Postgres start() {
    Optional<Path> programs = programs();
    assumeTrue(programs.isPresent(), "needs PostgreSQL (Debian: postgresql)");
    try {
      // Not below a temporary directory of the test's, which another user cannot enter.
      Path directory = Files.createTempDirectory("cutover-pg");
      Postgres postgres = new Postgres(programs.orElseThrow(), directory);
      if (root()) {
        run(List.of("chown", "postgres", directory.toString()));
      }
      postgres.program("initdb", "-D", postgres.data(), "-A", "trust", "-U", "postgres", "-N");
      postgres.listen();
      return postgres.ready();
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A port that was free may be another's by the time the server asks for it: then the next. */
  private void listen() throws IOException {
    for (int tries = 1; ; tries++) {
      port = OpenSshServer.freePort();
      try {
        program(
            "pg_ctl",
            "-D",
            data(),
            "-w",
            "-l",
            directory.resolve("log").toString(),
            "-o",
            "-c listen_addresses=127.0.0.1 -c port="
                + port
                + " -c unix_socket_directories="
                + directory
                + " -c fsync=off -c max_connections=40",
            "start");
        return;
      } catch (IOException e) {
        if (tries == TRIES || !Files.readString(directory.resolve("log")).contains(TAKEN)) {
          throw e;
        }
      }
    }
  }

  private Postgres ready() throws IOException, SQLException {
    try (Connection connection = connect("postgres")) {
      Sql.run(connection, "create role " + OWNER + " login password 'secret'");
      return this;
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  private static Optional<Path> programs() {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  /** A name that no database has yet. */
  public String freshName() {
    return "shop" + named.incrementAndGet();
  }

  public int port() {
    return port;
  }

  /** As superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", "");
  }

  /** Makes a database anew, as a copy of another. */
  public void copy(String template, String database) throws SQLException {
    try (Connection connection = connect("postgres")) {
      Sql.run(
          connection,
          "drop database if exists " + database + " with (force)",
          "create database " + database + " owner " + OWNER + " template " + template);
    }
  }

  /** The schema as {@code pg_dump} writes it. */
  public String schema(String database) throws IOException {
    return run(List.of(
            programs.resolve("pg_dump").toString(),
            "-s",
            "-h",
            "127.0.0.1",
            "-p",
            Integer.toString(port),
            "-U",
            "postgres",
            database))
        // A key that is another in each dump.
        .replaceAll("(?m)^\\\\(un)?restrict .*$", "");
  }

  private void program(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (root()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(name).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static String run(List<String> command) throws IOException {
    Path output = Files.createTempFile("cutover-pg", ".out");
    try {
      // To a file: the server inherits it and stays.
      int status =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .waitFor();
      String said = Files.readString(output, UTF_8);
      if (status != 0) {
        throw new IOException(command + " ended with " + status + ": " + said);
      }
      return said;
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      Files.delete(output);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      program("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    } finally {
      run(List.of("rm", "-rf", directory.toString()));
    }
  }
}
