package dev.cutover.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A root with the first release live, and a database it has migrated. Both can be had anew. */
final class Site {

  final Shop shop;
  final Path root;
  private final Postgres postgres;
  private final Path kept;
  private final String base;

  /** With a {@link Gate} in the database. */
  Site(Postgres postgres, Tool tool, Path directory) throws Exception {
    this(postgres, tool, directory, true);
  }

  Site(Postgres postgres, Tool tool, Path directory, boolean gated) throws Exception {
    assumeTrue(tool.missing().isEmpty(), "needs the Debian package " + tool.missing().orElse(""));
    this.postgres = postgres;
    Path real = directory.toRealPath();
    shop = new Shop(tool, real);
    root = real.resolve("srv");
    kept = real.resolve("kept");
    base = "site_" + tool.preset();
    settings(root, tool);
    postgres.copy("template0", Bench.DATABASE);
    OutcomeReport first = shop.release(1, root);
    assertThat(first.happened()).isEmpty();
    assertThat(first.outcome()).isEqualTo(Outcome.RELEASED);
    try (Connection connection = connect()) {
      Sql.run(connection, "insert into items values (1, 'kept')");
      if (gated) {
        new Gate(connection)
            .build(Stream.concat(Stream.of("counter"), tool.ledgers().stream()).toList());
      }
    }
    postgres.copy(Bench.DATABASE, base);
    copy(root, kept);
  }

  /** Puts the settings where a host's administrator would. */
  void settings(Path other, Tool tool) throws IOException {
    Files.createDirectories(other.resolve("shared/config"));
    Files.write(other.resolve("shared/config/db.env"), Bench.settings(postgres, tool));
  }

  void reset() throws Exception {
    postgres.copy(base, Bench.DATABASE);
    copy(kept, root);
  }

  private static void copy(Path from, Path to) throws Exception {
    sh("rm -rf \"$2\" && cp -a \"$1\" \"$2\"", from.toString(), to.toString());
  }

  static void sh(String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).start().waitFor()).as(script).isZero();
  }

  Connection connect() throws SQLException {
    return postgres.connect(Bench.DATABASE);
  }

  String schema() throws IOException {
    return postgres.schema(Bench.DATABASE);
  }

  /** How often the second release has been counted, and the data that was there before. */
  String data() throws SQLException {
    try (Connection connection = connect()) {
      return Sql.ask(connection, "select n from counter")
          + " "
          + Sql.ask(connection, "select name from items");
    }
  }

  String live() throws IOException {
    return Files.readString(root.resolve("current/app.txt")).strip();
  }

  /** The leader of the process group in which {@code up} runs on this host. */
  ProcessHandle up() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(".cutover/runs"))) {
      Path pid =
          files
              .filter(file -> file.toString().matches(".*/migration-db[^/]*-up[^/]*/pid"))
              .findFirst()
              .orElseThrow();
      String leader = Files.readString(pid).split(" ", 2)[0];
      return ProcessHandle.of(Long.parseLong(leader)).orElseThrow();
    }
  }
}
