package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Command;
import dev.cutover.domain.Health;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.Run;
import dev.cutover.testkit.Jvm;
import dev.cutover.testkit.app.Rig;
import dev.cutover.testkit.sim.SimServer;
import dev.cutover.transport.HostOp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that dies while a migration runs. */
@Execution(ExecutionMode.CONCURRENT)
class InterruptedMigrationTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Rig rig(boolean check) {
    Rig rig = new Rig("app1");
    rig.migrations =
        List.of(
            new Migration(
                "db",
                new Command("up", MINUTE),
                Optional.of(new Command("down", MINUTE)),
                check ? Optional.of(new Command("check", MINUTE)) : Optional.empty(),
                Where.FIRST));
    release(rig, "v1");
    return rig;
  }

  private static Migration with(
      Migration plain, Optional<Command> backup, Optional<Command> restore, boolean probeOld) {
    return new Migration(
        plain.id(),
        plain.preset(),
        plain.up(),
        plain.down(),
        plain.check(),
        plain.version(),
        backup,
        restore,
        plain.on(),
        plain.undoOrder(),
        probeOld,
        plain.forward());
  }

  private static OutcomeReport release(Rig rig, String content) {
    rig.content = content;
    rig.clock.advance(MINUTE);
    return rig.deployments().release(rig.request());
  }

  private static boolean isCommand(HostOp op, String name) {
    return op instanceof HostOp.Run run && run.command().name().equals(name);
  }

  @ParameterizedTest(name = "check exits {0}")
  @CsvSource({"0, true", "1, false", "2, true"})
  void checkDecidesAboutAnUpWhoseEndIsNotKnown(int found, boolean down) {
    Rig rig = rig(true);
    SimServer server = rig.server("app1");
    server.lost = op -> isCommand(op, "migration-db-up");
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    server.lost = op -> false;
    server.exits = command -> command.name().startsWith("migration-db-check") ? found : 0;
    server.commands.clear();
    assertThat(release(rig, "v3").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(server.commands.contains("migration-db-down in " + second)).isEqualTo(down);
    assertThat(server.commands).doesNotContain("migration-db-up in " + second);
  }

  @Test
  void whatCannotBeToldIsInDoubtAndNothingNewBegins() {
    Rig rig = rig(true);
    SimServer server = rig.server("app1");
    server.lost = op -> isCommand(op, "migration-db-up");
    release(rig, "v2");
    server.lost = op -> false;
    server.exits = command -> command.name().startsWith("migration-db-check") ? 7 : 0;
    server.commands.clear();
    OutcomeReport report = release(rig, "v3");
    assertThat(report.outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(report.next())
        .contains(
            "-Ddeploy.migration=db:applied (the change is there) or mvn deploy:recover -Ddeploy.migration=db:undone");
    assertThat(server.commands).noneMatch(command -> command.startsWith("migration-db-up"));
    assertThat(release(rig, "v3").happened()).contains("DIRTY");
    assertThat(server.lock()).isEmpty();
  }

  @ParameterizedTest(name = "check exits {0}")
  @CsvSource({"0, RECOVERED", "1, IN_DOUBT"})
  void aRestoreThatWasCutOffIsWholeOnlyIfCheckSaysSo(int found, Outcome outcome) {
    Rig rig = rig(true);
    Migration plain = rig.migrations.get(0);
    rig.migrations =
        List.of(
            with(
                plain,
                Optional.of(new Command("backup", MINUTE)),
                Optional.of(new Command("restore", MINUTE)),
                false));
    SimServer server = rig.server("app1");
    rig.releaseId = release(rig, "v2").release();
    rig.force = true;
    server.lost = op -> isCommand(op, "migration-db-check-after-restore");
    assertThat(rig.deployments().restore(rig.request()).outcome())
        .isEqualTo(Outcome.OUTCOME_UNKNOWN);
    server.lost = op -> false;
    server.exits = command -> command.name().startsWith("migration-db-check") ? found : 0;
    OutcomeReport report = rig.deployments().recover(rig.request());
    assertThat(report.outcome()).as(report.happened()).isEqualTo(outcome);
    assertThat(report.happened().contains("run the same deploy:restore once more"))
        .isEqualTo(outcome == Outcome.IN_DOUBT);
  }

  @Test
  void theOldReleaseIsAskedAgainOnceTheMigrationIsTakenBack() {
    Rig rig = rig(false);
    Migration plain = rig.migrations.get(0);
    rig.migrations = List.of(with(plain, plain.backup(), plain.restore(), true));
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Switch;
    release(rig, "v2");
    server.lost = op -> false;
    rig.health = (host, path) -> Health.SICK;
    OutcomeReport report = rig.deployments().recover(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(report.migrations()).containsExactly(new MigrationState("db", "undone"));
    assertThat(report.next()).isEqualTo("what is live is not healthy: mvn deploy:status tells how");
    assertThat(rig.events.toString()).contains("is live and was healthy before, but is not now");
    assertThat(HostHistory.of(server.journal()).runs())
        .extracting(Run::end)
        .contains(Optional.of(Outcome.REVERT_FAILED));
  }

  @Test
  void aDownWhoseEndIsNotKnownIsNotStartedTwiceBlindly() {
    Rig rig = rig(false);
    SimServer server = rig.server("app1");
    Optional<ReleaseId> first = server.live();
    server.lost = op -> isCommand(op, "migration-db-down");
    rig.health =
        (host, path) ->
            Optional.of(path.name()).equals(first.map(ReleaseId::value))
                ? Health.HEALTHY
                : Health.SICK;
    assertThat(release(rig, "v2").outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
    server.lost = op -> false;
    server.commands.clear();
    assertThat(release(rig, "v3").outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(server.commands).noneMatch(command -> command.startsWith("migration-db-down"));
    assertThat(server.live()).isEqualTo(first);
  }

  @Test
  void aMigrationWhoseClientWasKilledIsWaitedForAndNotStartedAgain(@TempDir Path temp)
      throws Exception {
    DatabaseScene scene = new DatabaseScene(temp);
    assertThat(scene.release("one").outcome()).isEqualTo(Outcome.RELEASED);
    scene.started();
    Process client =
        new ProcessBuilder(Jvm.command(SlowClient.class, temp.toString()))
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("client.txt").toFile())
            .start();
    for (int i = 0; i < 1200 && !Files.readString(scene.starts).contains("up two"); i++) {
      Thread.sleep(50);
    }
    assertThat(Files.readString(scene.starts)).contains("up two");
    client.destroyForcibly().waitFor();
    scene.command("up", "echo three >>$db");
    OutcomeReport report = scene.release("three");
    assertThat(report.happened()).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.RELEASED);
    List<String> started = scene.started();
    assertThat(started.stream().filter(start -> start.startsWith("up two"))).hasSize(1);
    assertThat(started).containsSubsequence("up two 1", "down two 1", "up three 1");
    assertThat(scene.database()).containsExactly("one", "three");
  }

  /** Releases two, whose migration takes its time. */
  static final class SlowClient {

    private SlowClient() {}

    public static void main(String[] args) {
      DatabaseScene scene = new DatabaseScene(Path.of(args[0]));
      scene.command("up", "sleep 6; echo two >>$db");
      scene.release("two");
    }
  }
}
