package dev.cutover.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.testkit.Commands;
import dev.cutover.testkit.app.ExampleApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;

/** A root with the first release live, and a database it has migrated. Both can be had anew. */
public final class MigratedSite {

  public final MigratedShop shop;
  public final Path root;
  private final Postgres postgres;
  private final Path kept;
  private final String database;
  private final String base;

  /** With a {@link Gate} in the database. */
  public MigratedSite(Postgres postgres, MigrationTool tool, Path directory) throws Exception {
    this(postgres, tool, directory, true);
  }

  public MigratedSite(Postgres postgres, MigrationTool tool, Path directory, boolean gated)
      throws Exception {
    assumeTrue(tool.missing().isEmpty(), "needs the Debian package " + tool.missing().orElse(""));
    this.postgres = postgres;
    Path real = directory.toRealPath();
    shop = new MigratedShop(tool, real);
    root = real.resolve("srv");
    kept = real.resolve("kept");
    database = postgres.freshName();
    base = database + "_base";
    settings(root, tool);
    postgres.copy("template0", database);
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
    postgres.copy(database, base);
    copy(root, kept);
  }

  /** Puts the settings where a host's administrator would. */
  public void settings(Path other, MigrationTool tool) throws IOException {
    Files.createDirectories(other.resolve("shared/config"));
    Files.write(
        other.resolve("shared/config/db.env"), PresetBench.settings(postgres, database, tool));
  }

  public void reset() throws Exception {
    postgres.copy(base, database);
    copy(kept, root);
  }

  private static void copy(Path from, Path to) {
    Commands.sh("rm -rf \"$2\" && cp -a \"$1\" \"$2\"", from.toString(), to.toString());
  }

  public Connection connect() throws SQLException {
    return postgres.connect(database);
  }

  public String schema() throws IOException {
    return postgres.schema(database);
  }

  /** How often the second release has been counted, and the data that was there before. */
  public String data() throws SQLException {
    try (Connection connection = connect()) {
      return Sql.ask(connection, "select n from counter")
          + " "
          + Sql.ask(connection, "select name from items");
    }
  }

  public String live() {
    return ExampleApp.live(root).orElseThrow();
  }

  /** The leader of the process group in which {@code up} runs on this host. */
  public ProcessHandle up() throws IOException {
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
