package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Command;
import dev.cutover.domain.Health;
import dev.cutover.domain.Hook;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.JournalEntry.MigrationIntent;
import dev.cutover.domain.journal.JournalEntry.MigrationJudged;
import dev.cutover.domain.journal.JournalEntry.MigrationResult;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.KnownMigration.State;
import dev.cutover.testkit.app.Rig;
import dev.cutover.testkit.sim.SimServer;
import dev.cutover.transport.HostOp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one host has done to a database that all share is known to all, whoever leaves or joins. */
class SharedDatabaseTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Rig rig(Where on, String... hosts) {
    Rig rig = new Rig(hosts);
    rig.migrations =
        List.of(
            new Migration(
                "db",
                new Command("up", MINUTE),
                Optional.of(new Command("down", MINUTE)),
                Optional.of(new Command("check", MINUTE)),
                on));
    return rig;
  }

  private static OutcomeReport release(Rig rig, String content) {
    rig.content = content;
    rig.clock.advance(MINUTE);
    return rig.deployments().release(rig.request());
  }

  private static ReleaseId released(Rig rig, String content) {
    OutcomeReport report = release(rig, content);
    assertThat(report.outcome()).as(report.happened()).isEqualTo(Outcome.RELEASED);
    return report.release().orElseThrow();
  }

  private static Optional<State> state(SimServer server, ReleaseId release) {
    return HostHistory.of(server.journal()).migration(release, "db").map(KnownMigration::state);
  }

  /** Two hosts, and a database of which nobody can tell what is applied. */
  private static Rig inDoubt() {
    Rig rig = rig(Where.FIRST, "app1", "app2");
    ReleaseId first = released(rig, "v1");
    rig.server("app1").exits = command -> command.name().equals("migration-db-down") ? 3 : 0;
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.HEALTHY : Health.SICK;
    assertThat(release(rig, "v2").outcome()).isEqualTo(Outcome.IN_DOUBT);
    rig.health = (host, path) -> Health.HEALTHY;
    return rig;
  }

  private static boolean isCommand(HostOp op, String name) {
    return op instanceof HostOp.Run run && run.command().name().equals(name);
  }

  @Test
  void whatWasAppliedStandsOnEveryHost() {
    for (Where on : List.of(Where.FIRST, Where.LOCAL)) {
      Rig rig = rig(on, "app1", "app2", "app3");
      ReleaseId first = released(rig, "v1");
      rig.servers.all().forEach(server -> assertThat(state(server, first)).contains(State.APPLIED));
    }
  }

  @Test
  void aDatabaseOfEachHostIsItsOwn() {
    Rig rig = rig(Where.ALL, "app1", "app2");
    rig.server("app2").exits = command -> command.name().equals("migration-db-up") ? 1 : 0;
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    assertThat(HostHistory.of(rig.server("app1").journal()).migrations()).hasSize(1);
    assertThat(state(rig.server("app1"), first)).contains(State.UNDONE);
    assertThat(rig.server("app1").commands.stream().filter(c -> c.contains("db-up"))).hasSize(1);
    assertThat(rig.server("app2").commands.stream().filter(c -> c.contains("db-up"))).hasSize(1);
  }

  @Test
  void aDatabaseInDoubtHoldsUpAReleaseWithoutTheHostThatLeftIt() {
    Rig rig = inDoubt();
    rig.isOver("app2");
    OutcomeReport report = release(rig, "v3");
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.happened()).contains("app2: the database of migration db is DIRTY");
    rig.isOver("app2", "app1");
    assertThat(release(rig, "v3").happened())
        .contains("app2, app1: the database of migration db is DIRTY");
  }

  @Test
  void aHostThatJoinsHearsOfADatabaseInDoubt() {
    Rig rig = inDoubt();
    rig.joins("app3");
    assertThat(release(rig, "v3").happened()).contains("DIRTY");
    rig.isOver("app3");
    assertThat(release(rig, "v3").happened())
        .contains("app3: the database of migration db is DIRTY");
  }

  @Test
  void aMigrationIsNotStartedWhereItsIntentCannotBeWrittenOnAllHosts() {
    Rig rig = rig(Where.FIRST, "app1", "app2");
    ReleaseId first = released(rig, "v1");
    rig.server("app2").fails =
        op -> op instanceof HostOp.Append append && append.entry() instanceof MigrationIntent;
    OutcomeReport report = release(rig, "v2");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.happened()).contains("app2");
    assertThat(rig.server("app1").commands)
        .doesNotContain("migration-db-up in " + report.release().orElseThrow());
    assertThat(rig.server("app2").live()).contains(first);
  }

  @Test
  void anIntentOfWhatCouldNotBeStartedIsTakenBackElsewhere() {
    Rig rig = rig(Where.FIRST, "app1", "app2");
    released(rig, "v1");
    rig.server("app1").fails =
        op -> op instanceof HostOp.Append append && append.entry() instanceof MigrationIntent;
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    assertThat(rig.server("app1").commands).doesNotContain("migration-db-up in " + second);
    assertThat(state(rig.server("app2"), second)).contains(State.UNDONE);
  }

  @Test
  void anEndThatCannotBeWrittenElsewhereOnlyWarns() {
    Rig rig = rig(Where.FIRST, "app1", "app2");
    rig.server("app2").fails =
        op -> op instanceof HostOp.Append append && append.entry() instanceof MigrationResult;
    ReleaseId first = released(rig, "v1");
    assertThat(rig.events.toString()).contains("could not be written down on app2");
    assertThat(state(rig.server("app2"), first)).contains(State.STARTED);
  }

  @Test
  void whoIsLeftOfACutOffRunTakesItsMigrationBack() {
    Rig rig = rig(Where.FIRST, "app1", "app2");
    released(rig, "v1");
    rig.servers.all().forEach(server -> server.lost = op -> op instanceof HostOp.Switch);
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    rig.servers.all().forEach(server -> server.lost = op -> false);
    rig.isOver("app2");
    OutcomeReport settled = rig.deployments().recover(rig.request());
    assertThat(settled.outcome()).as(settled.happened()).isEqualTo(Outcome.RECOVERED);
    assertThat(rig.server("app2").commands).contains("migration-db-down in " + second);
    assertThat(state(rig.server("app2"), second)).contains(State.UNDONE);
  }

  @Test
  void inAnotherOrderItIsStillTheHostThatMigratedThatTakesItBackAndOnce() {
    Rig rig = rig(Where.FIRST, "app1", "app2");
    rig.hooks =
        List.of(
            new Hook(
                Hook.Point.BEFORE_SWITCH,
                new Command("drain", MINUTE),
                Optional.of(new Command("undrain", MINUTE)),
                Where.FIRST));
    released(rig, "v1");
    rig.servers.all().forEach(server -> server.lost = op -> op instanceof HostOp.Switch);
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    rig.servers.all().forEach(server -> server.lost = op -> false);
    rig.servers.all().forEach(server -> server.commands.clear());
    rig.joins("app3");
    rig.isOver("app3", "app2", "app1");
    OutcomeReport settled = rig.deployments().recover(rig.request());
    assertThat(settled.outcome()).as(settled.happened()).isEqualTo(Outcome.MIXED);
    assertThat(rig.server("app1").commands).contains("migration-db-down in " + second);
    assertThat(rig.server("app1").commands.toString()).contains("hook-");
    assertThat(rig.server("app2").commands).noneMatch(command -> command.startsWith("migration"));
    assertThat(rig.server("app3").commands).noneMatch(command -> command.startsWith("migration"));
    assertThat(state(rig.server("app2"), second)).contains(State.UNDONE);
  }

  @Test
  void whoWasCutOffBeforeTheEndOfAMigrationHearsOfItWhenTheRunIsSettled() {
    Rig rig = rig(Where.FIRST, "app1", "app2");
    released(rig, "v1");
    rig.server("app1").lost = op -> op instanceof HostOp.Switch;
    rig.server("app2").lost =
        op ->
            op instanceof HostOp.Append append
                && (append.entry() instanceof MigrationResult
                    || append.entry() instanceof MigrationJudged);
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    rig.servers.all().forEach(server -> server.lost = op -> false);
    assertThat(state(rig.server("app2"), second)).contains(State.STARTED);
    rig.isOver("app2", "app1");
    rig.deployments().recover(rig.request());
    assertThat(state(rig.server("app1"), second)).contains(State.UNDONE);
    assertThat(state(rig.server("app2"), second)).contains(State.UNDONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"app2", "app1", "both"})
  void whatAPersonFoundOutIsWrittenWhereverItIsInDoubt(String left) {
    Rig rig = inDoubt();
    if (!left.equals("both")) {
      rig.isOver(left);
    } else {
      rig.isOver("app2", "app1");
    }
    rig.found = Optional.of(new DeployRequest.Found("db", false));
    OutcomeReport judged = rig.deployments().recover(rig.request());
    assertThat(judged.outcome()).as(judged.happened()).isEqualTo(Outcome.RECOVERED);
    rig.found = Optional.empty();
    released(rig, "v3");
  }

  @Test
  void aRollbackTakesASharedMigrationBackOnce() {
    Rig rig = rig(Where.FIRST, "app1", "app2");
    released(rig, "v1");
    ReleaseId second = released(rig, "v2");
    rig.isOver("app2", "app1");
    rig.undoMigrations = true;
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).as(report.happened()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(
            rig.servers.all().stream()
                .flatMap(server -> server.commands.stream())
                .filter(
                    command ->
                        command.equals("migration-db-down in " + second)
                            || command.startsWith("migration-db+" + second + "-down")))
        .hasSize(1);
    rig.servers.all().forEach(server -> assertThat(state(server, second)).contains(State.UNDONE));
  }

  @Test
  void whoComesBackHearsWhatOthersTookBackInItsPlace() {
    Rig rig = rig(Where.FIRST, "app1", "app2");
    released(rig, "v1");
    rig.servers.all().forEach(server -> server.lost = op -> op instanceof HostOp.Switch);
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    rig.servers.all().forEach(server -> server.lost = op -> false);
    rig.isOver("app2");
    released(rig, "v3");
    assertThat(rig.server("app2").commands).contains("migration-db-down in " + second);
    rig.servers.all().forEach(server -> server.commands.clear());
    rig.isOver("app1", "app2");
    released(rig, "v4");
    assertThat(rig.server("app1").commands)
        .noneMatch(command -> command.startsWith("migration-db-down"));
    assertThat(state(rig.server("app1"), second)).contains(State.UNDONE);
    assertThat(rig.events.toString())
        .contains("the interrupted run was also on " + rig.server("app1").target().url());
  }

  @Test
  void aRestoreIsDoneWhereItsBackupLies() {
    Rig rig = new Rig("app1", "app2");
    rig.migrations =
        List.of(
            new Migration(
                "db",
                "",
                new Command("up", MINUTE),
                Optional.of(new Command("down", MINUTE)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Command("backup", MINUTE)),
                Optional.of(new Command("restore", MINUTE)),
                Where.FIRST,
                Migration.UndoOrder.AFTER_FLIP,
                false,
                Optional.empty()));
    released(rig, "v1");
    rig.releaseId = Optional.of(released(rig, "v2"));
    rig.force = true;
    rig.isOver("app2", "app1");
    OutcomeReport restored = rig.deployments().restore(rig.request());
    assertThat(restored.outcome()).as(restored.happened()).isEqualTo(Outcome.RESTORED);
    assertThat(rig.server("app1").commands.toString()).contains("migration-db-restore");
    assertThat(rig.server("app2").commands.toString()).doesNotContain("migration-db-restore");
    assertThat(restored.migrations()).isNotEmpty();
  }

  @Test
  void aCutOffUpOfAHostThatIsGoneIsAskedForWhereItIsKnown() {
    Rig rig = rig(Where.FIRST, "app1", "app2");
    released(rig, "v1");
    rig.server("app1").lost = op -> isCommand(op, "migration-db-up");
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    rig.server("app1").lost = op -> false;
    rig.isOver("app2");
    rig.server("app2").exits = command -> command.name().contains("check") ? 1 : 0;
    rig.server("app2").commands.clear();
    OutcomeReport early = rig.deployments().recover(rig.request());
    assertThat(early.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(early.happened())
        .contains("was started on " + rig.server("app1").target().url())
        .contains("may still run there until");
    assertThat(rig.server("app2").commands).isEmpty();
    rig.clock.advance(MINUTE.multipliedBy(3));
    OutcomeReport settled = rig.deployments().recover(rig.request());
    assertThat(settled.outcome()).as(settled.happened()).isEqualTo(Outcome.RECOVERED);
    assertThat(rig.server("app2").commands).contains("migration-db-check-after-up in " + second);
    assertThat(rig.server("app2").commands).doesNotContain("migration-db-down in " + second);
    assertThat(state(rig.server("app2"), second)).contains(State.UNDONE);
  }
}
