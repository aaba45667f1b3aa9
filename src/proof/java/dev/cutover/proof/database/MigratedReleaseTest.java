package dev.cutover.proof.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.docs.Page;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.testkit.Commands;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.database.Gate;
import dev.cutover.testkit.database.MigratedSite;
import dev.cutover.testkit.database.MigrationTool;
import dev.cutover.testkit.database.Postgres;
import dev.cutover.testkit.database.Sql;
import dev.cutover.testkit.database.WithPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole releases that take a real database along by a preset. */
@Tag("proof")
@Order(5)
class MigratedReleaseTest extends WithPostgres {

  @ParameterizedTest
  @EnumSource
  void aReleaseThatIsSickTakesItsChangeAlong(MigrationTool tool, @TempDir Path temp)
      throws Exception {
    MigratedSite site = new MigratedSite(postgres, tool, temp);
    String before = site.schema();
    site.shop.sick = true;
    OutcomeReport report = site.shop.release(2, site.root);
    assertThat(report.outcome()).as(report.happened()).isEqualTo(Outcome.REVERTED);
    assertThat(site.live()).isEqualTo("release 1");
    assertThat(report.migrations())
        .extracting(OutcomeReport.MigrationState::state)
        .containsExactly(tool.down() ? "undone" : "kept");
    if (tool.down()) {
      assertThat(site.schema()).isEqualTo(before);
      assertThat(site.data()).isEqualTo("0 kept");
    } else {
      assertThat(site.data()).isEqualTo("1 kept");
    }
    site.shop.sick = false;
    assertThat(site.shop.release(2, site.root).outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(site.data()).isEqualTo("1 kept");
  }

  @Test
  void threeHostsOfOneDatabaseMigrateItOnce(@TempDir Path temp) throws Exception {
    MigratedSite site = new MigratedSite(postgres, MigrationTool.SQL, temp);
    Path[] roots = {temp.toRealPath().resolve("a"), temp.toRealPath().resolve("b"), site.root};
    site.settings(roots[0], MigrationTool.SQL);
    try (Connection connection = site.connect()) {
      Gate gate = new Gate(connection);
      gate.count();
      OutcomeReport report = site.shop.release(2, roots);
      assertThat(report.happened()).isEmpty();
      assertThat(gate.passed()).isPositive();
    }
    assertThat(site.data()).isEqualTo("1 kept");
    try (Connection connection = site.connect()) {
      assertThat(Sql.ask(connection, "select name, release from cutover_migrations order by id"))
          .matches("001_items,\\d+;002_sales,(\\d+);003_count,\\1");
    }
    // One directory of the three has what up wrote.
    assertThat(Files.exists(roots[0].resolve(".cutover/backups"))).isTrue();
    for (Path root : roots) {
      assertThat(Files.readString(root.resolve("current/app.txt"))).isEqualTo("release 2\n");
    }
  }

  @Test
  void whileAnUpIsAtWorkNobodyElseStartsOne(@TempDir Path temp) throws Exception {
    MigratedSite site = new MigratedSite(postgres, MigrationTool.SQL, temp);
    Path elsewhere = temp.toRealPath().resolve("elsewhere");
    site.settings(elsewhere, MigrationTool.SQL);
    try (Connection connection = site.connect()) {
      Gate gate = new Gate(connection);
      gate.holdAt(5);
      CompletableFuture<OutcomeReport> first = release(site, site.root);
      assertThat(gate.awaitHeld(240)).isPositive();
      site.shop.lockWait = "1s";
      OutcomeReport second = site.shop.release(2, site.root);
      assertThat(second.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
      assertThat(second.success()).isFalse();
      // Another root knows nothing of the lock, but it meets the same database.
      CompletableFuture<OutcomeReport> third = release(site, elsewhere);
      Thread.sleep(3000);
      assertThat(third.isDone()).isFalse();
      assertThat(gate.held()).isNotEmpty().doesNotContain(";");
      gate.open();
      assertThat(first.get(240, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.RELEASED);
      assertThat(third.get(240, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.RELEASED);
    }
    assertThat(site.data()).isEqualTo("1 kept");
  }

  private static CompletableFuture<OutcomeReport> release(MigratedSite site, Path root) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return site.shop.release(2, root);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"pg_dump --no-such-option, no-such-option", ": >\"$BACKUP_PATH\", empt"})
  void aBackupThatFailedOrIsEmptyStopsTheRelease(String backup, String why, @TempDir Path temp)
      throws Exception {
    MigratedSite site = new MigratedSite(postgres, MigrationTool.SQL, temp);
    site.shop.more = "<backup>" + backup.replace(">", "&gt;") + "</backup>";
    String before = site.schema();
    OutcomeReport report = site.shop.release(2, site.root);
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.happened()).contains(why);
    assertThat(site.live()).isEqualTo("release 1");
    assertThat(site.schema()).isEqualTo(before);
  }

  @Test
  void aReleaseAndItsDatabaseComeBackFromItsBackup(@TempDir Path temp) throws Exception {
    MigratedSite site = new MigratedSite(postgres, MigrationTool.SQL, temp, false);
    OutcomeReport second = site.shop.release(2, site.root);
    assertThat(second.happened()).isEmpty();
    String schema = site.schema();
    try (Connection connection = site.connect()) {
      Sql.run(
          connection,
          "insert into items values (2, 'since')",
          "update counter set n = 77",
          "drop table sales");
    }
    site.shop.extra =
        "<releaseId>" + second.release().orElseThrow() + "</releaseId><force>true</force>";
    OutcomeReport restored = Clients.usual().restore(site.shop.request(2, site.root));
    assertThat(restored.happened()).isEmpty();
    assertThat(restored.outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(site.data()).isEqualTo("1 kept");
    assertThat(site.schema()).isEqualTo(schema);
    assertThat(site.live()).isEqualTo("release 2");
  }

  @Test
  void theBackupOfAReleaseThatWasTakenBackIsPutBackAsTheGuideSays(@TempDir Path temp)
      throws Exception {
    MigratedSite site = new MigratedSite(postgres, MigrationTool.SQL, temp, false);
    String before = site.schema();
    site.shop.sick = true;
    site.shop.more = "<down>exit 3</down>";
    OutcomeReport doubt = site.shop.release(2, site.root);
    assertThat(doubt.outcome()).as(doubt.happened()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(site.live()).isEqualTo("release 1");
    assertThat(site.schema()).isNotEqualTo(before);
    try (Connection admin = postgres.connect("postgres")) {
      Sql.run(admin, "alter role " + Postgres.OWNER + " createdb");
    }
    String example =
        Page.read(Path.of("docs/migrations.md")).examples("sh").stream()
            .map(Page.Example::text)
            .filter(text -> text.contains("pg_restore"))
            .findFirst()
            .orElseThrow();
    Commands.sh(
        example
            .replace("/srv/shop", site.root.toString())
            .replace("20261125074237", doubt.release().orElseThrow().value()));
    assertThat(site.schema()).isEqualTo(before);
    assertThat(site.data()).isEqualTo("0 kept");
    site.shop.extra = "<migration>db:undone</migration>";
    OutcomeReport told = Clients.usual().recover(site.shop.request(2, site.root));
    assertThat(told.success()).as(told.happened()).isTrue();
    site.shop.extra = "";
    site.shop.more = "";
    site.shop.sick = false;
    assertThat(site.shop.release(2, site.root).outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(site.data()).isEqualTo("1 kept");
  }

  @Test
  void aDiskThatTheBackupFillsStopsTheReleaseAndIsNamed(@TempDir Path temp) throws Exception {
    MigratedSite site = new MigratedSite(postgres, MigrationTool.SQL, temp);
    Path small = Files.createDirectories(temp.toRealPath().resolve("small"));
    assumeTrue(mount(small), "may not mount a small file system");
    try {
      Path root = small.resolve("srv");
      site.settings(root, MigrationTool.SQL);
      try (Connection connection = site.connect()) {
        Sql.run(
            connection,
            "create table heap as select md5(i::text) || md5((i + 1)::text) as t"
                + " from generate_series(1, 300000) i",
            "alter table heap owner to " + Postgres.OWNER);
      }
      String before = site.schema();
      OutcomeReport report = site.shop.release(2, root);
      assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
      assertThat(report.happened()).containsIgnoringCase("full");
      assertThat(site.schema()).isEqualTo(before);
      assertThat(site.data()).isEqualTo("0 kept");
    } finally {
      Commands.run("umount", "-l", small.toString());
    }
  }

  private static boolean mount(Path at) {
    return Commands.run("mount", "-t", "tmpfs", "-o", "size=4m", "none", at.toString()).ok();
  }
}
