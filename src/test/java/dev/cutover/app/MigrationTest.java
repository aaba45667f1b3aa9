package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Health;
import dev.cutover.domain.Migration.Forward;
import dev.cutover.domain.Migration.UndoOrder;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.Where;
import dev.cutover.event.DeployEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Migrations on this machine: real scripts, real commands, and a log of what was started. */
@Execution(ExecutionMode.CONCURRENT)
@Order(2)
class MigrationTest {

  private final Path temp;
  private final DatabaseScene scene;

  MigrationTest(@TempDir Path temp) {
    this.temp = temp;
    scene = new DatabaseScene(temp);
  }

  @BeforeEach
  void oneGoodRelease() {
    assertThat(scene.release("one").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(scene.started())
        .containsExactly("version one -", "up one 0", "version one 0", "restart one -");
  }

  @Test
  void aReleaseThatRevertsGoesDownWhenTheCodeIsBackWithWhatVersionSaidBefore() {
    OutcomeReport report = scene.release("sick");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.migrations()).containsExactly(new MigrationState("db", "undone"));
    assertThat(scene.started())
        .containsExactly(
            "version sick -",
            "up sick 1",
            "version sick 1",
            "restart sick -",
            "restart one -",
            "down sick 1");
    assertThat(scene.database()).containsExactly("one");
    assertThat(scene.live()).isEqualTo("one");
  }

  @Test
  void undoBeforeTheFlipRunsWhileTheNewCodeIsLive() {
    scene.undoOrder = UndoOrder.BEFORE_FLIP;
    assertThat(scene.release("sick").outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(scene.started()).endsWith("restart sick -", "down sick 1", "restart one -");
    assertThat(scene.database()).containsExactly("one");
  }

  @Test
  void aDownBeforeTheFlipThatFailsLetsTheCodeGoBackAllTheSame() {
    scene.undoOrder = UndoOrder.BEFORE_FLIP;
    scene.command("down", "exit 3");
    assertThat(scene.release("sick").outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(scene.live()).isEqualTo("one");
    assertThat(scene.started()).endsWith("down sick 1", "restart one -");
  }

  @Test
  void withoutDownTheChangeStaysAndTheReportSaysSo() {
    scene.commands.remove("down");
    OutcomeReport report = scene.release("sick");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.migrations()).containsExactly(new MigrationState("db", "kept"));
    assertThat(scene.database()).containsExactly("one", "sick");
  }

  @ParameterizedTest(name = "check exits {0}")
  @CsvSource({
    "0, REVERTED, undone, true",
    "1, REVERTED, undone, false",
    "2, REVERTED, undone, true",
    "3, IN_DOUBT, in doubt, false"
  })
  void checkDecidesWhenUpFails(int found, Outcome outcome, String state, boolean down) {
    scene.command("up", "exit 9");
    scene.command("check", "exit " + found);
    scene.command("down", "true");
    OutcomeReport report = scene.release("two");
    assertThat(report.outcome()).isEqualTo(outcome);
    assertThat(report.migrations()).containsExactly(new MigrationState("db", state));
    assertThat(scene.live()).isEqualTo("one");
    assertThat(scene.started().stream().filter(start -> start.startsWith("down")).count())
        .isEqualTo(down ? 1 : 0);
    if (outcome == Outcome.IN_DOUBT) {
      assertThat(report.next())
          .contains(
              "mvn deploy:recover -Ddeploy.migration=db:applied (the change is there) or mvn deploy:recover -Ddeploy.migration=db:undone");
    }
  }

  @ParameterizedTest(name = "check exits {0}, no down")
  @CsvSource({"0, REVERTED, kept", "1, REVERTED, undone", "2, IN_DOUBT, in doubt"})
  void whatIsPartlyAppliedWithoutDownIsInDoubt(int found, Outcome outcome, String state) {
    scene.command("up", "exit 9");
    scene.command("check", "exit " + found);
    scene.commands.remove("down");
    OutcomeReport report = scene.release("two");
    assertThat(report.outcome()).isEqualTo(outcome);
    assertThat(report.migrations()).containsExactly(new MigrationState("db", state));
  }

  @Test
  void anUpThatRunsOutOfTimeIsEndedAndJudgedByCheck() {
    scene.timeout = Duration.ofSeconds(4);
    scene.command("up", "echo two >>$db; sleep 30");
    OutcomeReport report = scene.release("two");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.happened()).contains("timeout");
    assertThat(scene.database()).containsExactly("one");
  }

  @Test
  void aDatabaseInDoubtRefusesMigrationsUntilAPersonHasLooked() {
    scene.command("down", "exit 3");
    OutcomeReport doubt = scene.release("sick");
    assertThat(doubt.outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(doubt.next())
        .contains(
            "-Ddeploy.migration=db:applied (the change is there) or mvn deploy:recover -Ddeploy.migration=db:undone");
    assertThat(scene.live()).isEqualTo("one");
    scene.started();

    OutcomeReport refused = scene.release("two");
    assertThat(refused.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(refused.success()).isFalse();
    assertThat(refused.happened()).contains("DIRTY").contains("deploy:recover");
    assertThat(scene.run(Deployments::stage).success()).isFalse();
    assertThat(scene.run(Deployments::plan).happened()).contains("DIRTY");
    scene.run(Deployments::status);
    assertThat(scene.started()).containsExactly("check one 0");
    assertThat(status()).startsWith("DIRTY since " + doubt.release().orElseThrow());

    scene.found = Optional.of(new DeployRequest.Found("other", true));
    assertThat(scene.run(Deployments::recover).happened()).contains("is not in doubt");
    scene.found = Optional.of(new DeployRequest.Found("db", false));
    OutcomeReport recovered = scene.run(Deployments::recover);
    assertThat(recovered.happened()).isEmpty();
    assertThat(recovered.outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(scene.state().resolve("failed/" + doubt.release().orElseThrow())).exists();
    assertThat(scene.started()).isEmpty();
    scene.found = Optional.empty();
    assertThat(scene.release("two").outcome()).isEqualTo(Outcome.RELEASED);
  }

  private String status() {
    return scene.events.stream()
        .filter(DeployEvent.StatusRead.class::isInstance)
        .map(event -> ((DeployEvent.StatusRead) event).status())
        .reduce((older, newer) -> newer)
        .orElseThrow()
        .migrations()
        .get(0)
        .state();
  }

  @Test
  void statusTellsWhatIsRecordedAndWhatCheckSays() {
    scene.run(Deployments::status);
    assertThat(status())
        .startsWith("applied with ")
        .endsWith(", version 1; the check of the live release says: applied");
    DatabaseScene.write(scene.db, "");
    scene.run(Deployments::status);
    assertThat(status()).endsWith("; the check of the live release says: not applied");
  }

  @Test
  void aRollbackKeepsTheMigrationsAndSaysSo() {
    scene.release("two");
    scene.started();
    OutcomeReport report = scene.run(Deployments::rollback);
    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(report.migrations()).containsExactly(new MigrationState("db", "kept"));
    assertThat(scene.started()).containsExactly("restart one -");
    assertThat(scene.events.toString()).contains("deploy.migrations=down takes them back");
  }

  @Test
  void whatARollbackKeepsIsNamedOnceForAllHosts() {
    scene.roots.add(temp.resolve("srv2"));
    scene.on = Where.ALL;
    // What each host has recorded of its database differs.
    scene.command("version", "echo \"$DEPLOY_ROOT\"");
    OutcomeReport two = scene.release("two");
    scene.release("three");
    scene.run(Deployments::rollback);
    String all = scene.events.toString();
    assertThat(all).contains("db of ");
    assertThat(two.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(all.split("db of ", -1)).hasSize(2);
  }

  @Test
  void aRollbackWithDownsTakesBackWhatItPassesOverTheNewestFirstEachFromItsOwnFiles() {
    OutcomeReport two = scene.release("two");
    scene.release("three");
    scene.command(
        "down", "sed 's/$/ from its files/' app.txt >>%s; sed -i '$d' $db".formatted(scene.starts));
    scene.started();
    scene.releaseId = two.previous();
    scene.undoMigrations = true;
    OutcomeReport report = scene.run(Deployments::rollback);
    assertThat(report.happened()).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.started())
        .containsExactly(
            "restart one -",
            "down three 2",
            "three from its files",
            "down two 1",
            "two from its files");
    assertThat(scene.database()).containsExactly("one");
    assertThat(scene.live()).isEqualTo("one");
  }

  @Test
  void aRollbackWithDownsAlsoTakesBackWhatARollbackBeforeItHasLeft() {
    scene.release("two");
    scene.release("three");
    assertThat(scene.run(Deployments::rollback).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.live()).isEqualTo("two");
    scene.started();
    scene.undoMigrations = true;
    assertThat(scene.run(Deployments::rollback).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.started()).containsExactly("restart one -", "down three 2", "down two 1");
    assertThat(scene.database()).containsExactly("one");
  }

  @Test
  void aDownOfARollbackThatFailsLeavesTheCodeBackAndTheDatabaseInDoubt() {
    scene.release("two");
    scene.command("down", "exit 3");
    scene.undoMigrations = true;
    OutcomeReport report = scene.run(Deployments::rollback);
    assertThat(report.outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(report.migrations()).containsExactly(new MigrationState("db", "in doubt"));
    assertThat(scene.live()).isEqualTo("one");
    assertThat(scene.release("three").happened()).contains("DIRTY");
  }

  @Test
  void whatAPersonFoundLetsARollbackGoOnWithTheDownsItOwes() {
    OutcomeReport two = scene.release("two");
    scene.release("three");
    scene.command("down", "! grep -q three app.txt || exit 3; sed -i '$d' $db");
    scene.releaseId = two.previous();
    scene.undoMigrations = true;
    assertThat(scene.run(Deployments::rollback).outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(scene.database()).containsExactly("one", "two", "three");
    assertThat(scene.run(Deployments::rollback).happened()).contains("DIRTY");
    DatabaseScene.write(scene.db, "one\ntwo\n");
    scene.found = Optional.of(new DeployRequest.Found("db", false));
    assertThat(scene.run(Deployments::recover).outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(scene.database()).containsExactly("one");
    assertThat(scene.live()).isEqualTo("one");
  }

  @Test
  void aRollbackThatCannotTakeAMigrationBackDoesNothing() {
    scene.release("two");
    scene.commands.remove("down");
    scene.undoMigrations = true;
    OutcomeReport report = scene.run(Deployments::rollback);
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.success()).isFalse();
    assertThat(report.happened()).contains("has no <down>");
    assertThat(scene.live()).isEqualTo("two");
  }

  @Test
  void theOldReleaseIsAskedWhetherItCanLiveWithTheChange() {
    scene.probeOld = true;
    scene.health = "! grep -q two " + scene.db + " || grep -q two app.txt";
    OutcomeReport report = scene.release("two");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.happened())
        .contains("was healthy, is not any more with the migrated database");
    assertThat(report.hosts()).extracting(HostState::health).containsExactly(Health.HEALTHY);
    assertThat(scene.database()).containsExactly("one");
    assertThat(scene.started()).doesNotContain("restart two -").contains("down two 1");
    assertThat(scene.release("three").outcome()).isEqualTo(Outcome.RELEASED);
  }

  @Test
  void anOldReleaseThatStaysSickWithoutTheChangeIsNamed() {
    scene.probeOld = true;
    scene.health = "! grep -q two " + scene.db + " && [ ! -e " + scene.db + ".broken ]";
    scene.command("down", "touch " + scene.db + ".broken; : >" + scene.db);
    OutcomeReport report = scene.release("two");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERT_FAILED);
    assertThat(report.happened()).contains("is live and was healthy before, but is not now");
    assertThat(scene.live()).isEqualTo("one");
    assertThat(report.hosts()).extracting(HostState::health).containsExactly(Health.SICK);
  }

  @Test
  void threeHostsAreOneRunOfUp() {
    scene.roots.add(temp.resolve("srv2"));
    scene.roots.add(temp.resolve("srv3"));
    assertThat(scene.release("two").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(scene.started().stream().filter("up two 1"::equals)).hasSize(1);
    assertThat(scene.release("sick").outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(scene.started().stream().filter("down sick 2"::equals)).hasSize(1);
  }

  @Test
  void whatRunsHereReachesTheHostsPortThroughTheConnection() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread answers = new Thread(() -> answer(server));
      answers.setDaemon(true);
      answers.start();
      scene.on = Where.LOCAL;
      scene.forward = Optional.of(new Forward("127.0.0.1", server.getLocalPort()));
      scene.command(
          "up",
          "bash -c 'exec 3<>/dev/tcp/$FORWARD_HOST/$FORWARD_PORT; cat <&3' >>$db; [ $FORWARD_PORT != "
              + server.getLocalPort()
              + " ]");
      assertThat(scene.release("two").happened()).isEmpty();
      assertThat(scene.database()).containsExactly("one", "hello");
    }
  }

  private static void answer(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aBuildThatFailsShowsWhatItWroteAndSealsNothing() {
    scene.build = Optional.of("echo 'app.js:3: unexpected token'; exit 4");
    OutcomeReport report = scene.release("two");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.happened()).contains("build").contains("exited 4");
    assertThat(scene.events)
        .anySatisfy(
            event ->
                assertThat(event)
                    .isInstanceOfSatisfying(
                        DeployEvent.StepOutput.class,
                        output ->
                            assertThat(output.line()).isEqualTo("app.js:3: unexpected token")));
    assertThat(scene.started()).isEmpty();
    scene.build = Optional.of("echo \"path=$STAGE_PATH\" >compiled.css");
    assertThat(scene.release("two").happened())
        .contains("contain the staging path")
        .contains("compiled.css");
  }
}
