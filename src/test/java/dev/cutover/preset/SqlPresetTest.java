package dev.cutover.preset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.testkit.database.MigrationTool;
import dev.cutover.testkit.database.Postgres;
import dev.cutover.testkit.database.PresetBench;
import dev.cutover.testkit.database.PresetBench.Running;
import dev.cutover.testkit.database.PresetBench.Said;
import dev.cutover.testkit.database.Sql;
import dev.cutover.testkit.database.WithPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plain SQL files can do beyond the usual, and what everybody gets wrong once. */
class SqlPresetTest extends WithPostgres {

  private PresetBench bench(Path temp) throws Exception {
    return new PresetBench(postgres, MigrationTool.SQL, temp);
  }

  private static void file(PresetBench bench, String name, String text) throws IOException {
    Files.writeString(bench.release(2).resolve("migrations").resolve(name), text);
  }

  private static void isRefused(Said said, int status, String why) {
    assertThat(said.output()).contains(why);
    assertThat(said.status()).isEqualTo(status);
  }

  private static void isDone(Said said) {
    assertThat(said.status()).as(said.output()).isZero();
  }

  @Test
  void whatRunsOutsideATransactionMayBePartlyThereAndIsTakenBack(@TempDir Path temp)
      throws Exception {
    PresetBench bench = bench(temp);
    String before = bench.schema();
    String head = "-- cutover: no-transaction\n";
    file(
        bench,
        "004_index.up.sql",
        head
            + "create index concurrently late on items (name);\nselect 1 / (n - n) from counter;\n");
    file(bench, "004_index.down.sql", head + "drop index concurrently if exists late;\n");
    String from = bench.run(2, "version", "").line();
    assertThat(bench.run(2, "up", from).status()).isNotZero();
    isRefused(bench.run(2, "check", from), 2, "begun and not finished: 004_index");
    isRefused(bench.run(2, "up", from), 1, "begun and not finished: 004_index");
    isDone(bench.run(2, "down", from));
    assertThat(bench.schema()).isEqualTo(before);
    file(bench, "004_index.up.sql", head + "create index concurrently late on items (name);\n");
    isDone(bench.run(2, "up", from));
    isDone(bench.run(2, "check", from));
  }

  @Test
  void aCommitOfItsOwnIsFoundOut(@TempDir Path temp) throws Exception {
    PresetBench bench = bench(temp);
    String from = bench.run(2, "version", "").line();
    file(bench, "002_sales.up.sql", "create table sales (id integer); commit; select 1 / 0;");
    assertThat(bench.run(2, "up", from).status()).isNotZero();
    isRefused(bench.run(2, "check", from), 2, "begun and not finished: 002_sales");
  }

  @Test
  void aFileThatWasChangedAfterItWasAppliedIsRefused(@TempDir Path temp) throws Exception {
    PresetBench bench = bench(temp);
    String from = bench.run(2, "version", "").line();
    file(bench, "001_items.up.sql", "create table other (id integer);");
    isRefused(bench.run(2, "check", from), 9, "not what was applied under that name");
    isRefused(bench.run(2, "up", from), 1, "not what was applied under that name");
  }

  @Test
  void aLateComerIsAppliedAndTakenBackAlone(@TempDir Path temp) throws Exception {
    PresetBench bench = bench(temp);
    isDone(bench.run(2, "up", ""));
    String before = bench.schema();
    file(bench, "002_late.up.sql", "create table late (id integer);");
    file(bench, "002_late.down.sql", "drop table late;");
    String from = bench.run(2, "version", "").line();
    assertThat(from).startsWith("003_count\npending=002_late ");
    isDone(bench.run(2, "up", from));
    isDone(bench.run(2, "down", from));
    assertThat(bench.schema()).isEqualTo(before);
  }

  @Test
  void ofTwoAtOnceOneAppliesAndNoneTwice(@TempDir Path temp) throws Exception {
    PresetBench bench = bench(temp);
    for (int i = 0; i < 3; i++) {
      bench.start(2, "up", "");
    }
    Running last = bench.start(2, "up", "");
    last.end();
    bench.run(2, "up", "");
    isDone(bench.run(2, "check", ""));
    try (Connection connection = bench.connect()) {
      assertThat(Sql.ask(connection, "select n from counter")).isEqualTo("1");
    }
  }

  @Test
  void nothingIsTakenBackOnAWordThatIsMissingOrCut(@TempDir Path temp) throws Exception {
    PresetBench bench = bench(temp);
    String from = bench.run(2, "version", "").line();
    isDone(bench.run(2, "up", from));
    isRefused(bench.run(2, "down", ""), 1, "MIGRATION_FROM is empty");
    isRefused(bench.run(2, "down", from.substring(0, 25)), 1, "not what version said");
    isDone(bench.run(2, "check", from));
  }

  @Test
  void settingsThatCannotBeReadAreNotTakenForPartly(@TempDir Path temp) throws Exception {
    PresetBench bench = bench(temp);
    Path settings = temp.resolve("shared/config/db.env");
    String good = Files.readString(settings);
    Files.writeString(settings, good + "PGPASSWORD='unclosed\n");
    isRefused(bench.run(2, "check", ""), 9, "cannot be read as shell assignments");
    Files.writeString(settings, good + "PGPORT=1\n");
    isRefused(bench.run(2, "check", ""), 9, "the database did not answer");
    Files.writeString(settings, "# nothing\n");
    isRefused(bench.run(2, "check", ""), 9, "does not set PGDATABASE");
    isRefused(bench.run(2, "backup", ""), 1, "sets neither PGDATABASE nor SQLITE");
    Files.writeString(settings, good);
    isRefused(bench.run(2, "check", ""), 1, "not applied: 002_sales 003_count");
  }

  @Test
  void whateverCameSinceTheBackupGoesWithARestore(@TempDir Path temp) throws Exception {
    PresetBench bench = bench(temp);
    String before = bench.schema();
    assertThat(bench.run(2, "backup", "").status()).isZero();
    try (Connection connection = bench.connect()) {
      Sql.run(
          connection,
          "set role " + Postgres.OWNER,
          "create table parts (a int) partition by range (a)",
          "create table parts_one partition of parts for values from (0) to (9)",
          "create type pair as (a int, b int)",
          "create type mood as enum ('good')",
          "create table uses (p pair, m mood, id int generated always as identity)",
          "create collation plain (locale = 'C')",
          "create schema more",
          "create table more.things (i int)",
          "create function more.one() returns int language sql as 'select 1'");
    }
    Said restored = bench.run(2, "restore", "");
    assertThat(restored.status()).as(restored.output()).isZero();
    assertThat(bench.schema()).isEqualTo(before);
  }

  @Test
  void aBackupThatCannotBeReadChangesNothing(@TempDir Path temp) throws Exception {
    PresetBench bench = bench(temp);
    String before = bench.schema();
    Files.writeString(bench.backup(), "no backup");
    assertThat(bench.run(2, "restore", "").status()).isNotZero();
    assertThat(bench.schema()).isEqualTo(before);
  }
}
