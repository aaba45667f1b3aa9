package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Command;
import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Health;
import dev.cutover.domain.Hook;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.PlanView;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.event.DeployEvent;
import dev.cutover.testkit.app.Rig;
import dev.cutover.testkit.sim.SimServer;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostConnector;
import dev.cutover.transport.HostOp;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every goal over hosts in memory. */
class GoalsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static ReleaseId stage(Rig rig, String content) {
    rig.content = content;
    return rig.deployments().stage(rig.request()).release().orElseThrow();
  }

  private static Migration upAndDown() {
    return new Migration(
        "db",
        new Command("up", MINUTE),
        Optional.of(new Command("down", MINUTE)),
        Optional.empty(),
        Where.FIRST);
  }

  private static OutcomeReport release(Rig rig, String content) {
    rig.content = content;
    rig.clock.advance(MINUTE);
    return rig.deployments().release(rig.request());
  }

  private static ReleaseState state(SimServer server, ReleaseId id) {
    return HostHistory.of(server.journal()).state(id).orElseThrow();
  }

  @Test
  void aFirstReleaseIsLiveGoodAndUnlocked() {
    Rig rig = new Rig("app1");
    OutcomeReport report = release(rig, "v1");
    SimServer server = rig.server("app1");
    assertThat(report.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(server.live()).isEqualTo(report.release());
    assertThat(state(server, report.release().orElseThrow())).isEqualTo(ReleaseState.GOOD);
    assertThat(server.lock()).isEmpty();
    assertThat(server.isHeld()).isFalse();
    assertThat(server.revisions())
        .containsExactly(
            "Branch v1 (at abc1234) deployed as release " + server.live().get() + " by anna@ci");
  }

  @Test
  void oneHostWithoutChecksNeedsThreeRoundTrips() {
    Rig rig = new Rig("app1");
    rig.checks = false;
    release(rig, "v1");
    assertThat(rig.server("app1").trips).containsExactly("lock", "upload", "perform");
  }

  @Test
  void anUnhealthyReleaseGoesBackToWhatWasLive() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.HEALTHY : Health.SICK;
    OutcomeReport report = release(rig, "v2");
    SimServer server = rig.server("app1");
    ReleaseId second = report.release().orElseThrow();
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.happened()).isEqualTo("app1: health: bin/smoke exited 1");
    assertThat(report.hosts().get(0).live()).contains(first.value());
    assertThat(server.live()).contains(first);
    assertThat(server.failed()).containsExactly(second);
    assertThat(state(server, second)).isEqualTo(ReleaseState.REVERTED);
    assertThat(server.lock()).isEmpty();
    assertThat(server.commands)
        .containsExactly("restart in " + first, "restart in " + second, "restart-back in " + first);
  }

  @Test
  void aFirstReleaseThatFailsLeavesNothingLive() {
    Rig rig = new Rig("app1");
    rig.health = (host, path) -> Health.SICK;
    OutcomeReport report = release(rig, "v1");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(rig.server("app1").files.isLink("current")).isFalse();
    assertThat(report.hosts().get(0).message()).isEqualTo("nothing is live");
  }

  @Test
  void aRevertOntoSomethingThatWasSickIsStillAReversal() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    rig.health = (host, path) -> Health.SICK;
    OutcomeReport report = release(rig, "v2");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.hosts().get(0).message()).contains("was unhealthy before");
  }

  @Test
  void aRevertWhoseOldReleaseFallsSickSaysSo() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    SimServer server = rig.server("app1");
    rig.health = (host, path) -> server.commands.size() < 2 ? Health.HEALTHY : Health.SICK;
    OutcomeReport report = release(rig, "v2");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERT_FAILED);
    assertThat(server.live()).contains(first);
    assertThat(server.failed()).hasSize(1);
    assertThat(report.happened()).contains("was healthy before, but is not now");
  }

  @Test
  void aFailureBeforeTheSwitchNeverTouchesCurrent() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    rig.server("app1").fails = op -> op instanceof HostOp.Seal;
    OutcomeReport report = release(rig, "v2");
    SimServer server = rig.server("app1");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(server.live()).contains(first);
    assertThat(state(server, report.release().orElseThrow())).isEqualTo(ReleaseState.FAILED);
    assertThat(server.commands).hasSize(1);
  }

  @Test
  void oneHostFailingRevertsAllThatFlipped() {
    Rig rig = new Rig("app1", "app2", "app3");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    rig.health =
        (host, path) ->
            host.target().host().equals("app2") && !path.name().equals(first.value())
                ? Health.SICK
                : Health.HEALTHY;
    OutcomeReport report = release(rig, "v2");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(rig.servers.all()).allSatisfy(server -> assertThat(server.live()).contains(first));
    assertThat(rig.servers.all()).allSatisfy(server -> assertThat(server.lock()).isEmpty());
  }

  @Test
  void noHostFlipsBeforeAllHaveSealed() {
    Rig rig = new Rig("app1", "app2");
    release(rig, "v1");
    rig.server("app2").fails = op -> op instanceof HostOp.Seal;
    release(rig, "v2");
    assertThat(rig.server("app1").commands).hasSize(1);
  }

  @Test
  void theSameFilesAndConfigurationAreNotReleasedAgain() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    OutcomeReport again = release(rig, "v1");
    assertThat(again.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(again.success()).isTrue();
    assertThat(rig.server("app1").releases()).hasSize(1);
    rig.force = true;
    assertThat(release(rig, "v1").outcome()).isEqualTo(Outcome.RELEASED);
  }

  @Test
  void rollingBackTwiceGoesTwoBackAndRetryingDoesNot() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    ReleaseId third = release(rig, "v3").release().orElseThrow();
    SimServer server = rig.server("app1");
    assertThat(rig.deployments().rollback(rig.request()).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(server.live()).contains(second);
    assertThat(state(server, third)).isEqualTo(ReleaseState.WITHDRAWN);
    rig.deployments().rollback(rig.request());
    assertThat(server.live()).contains(first);
    OutcomeReport none = rig.deployments().rollback(rig.request());
    assertThat(none.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(none.success()).isFalse();
    assertThat(server.live()).contains(first);
    rig.releaseId = Optional.of(third);
    assertThat(rig.deployments().rollback(rig.request()).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(server.live()).contains(third);
  }

  @Test
  void aRollbackFromSomethingSickStaysWhereItWent() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    release(rig, "v2");
    rig.health = (host, path) -> Health.SICK;
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.REVERT_FAILED);
    assertThat(rig.server("app1").live()).contains(first);
  }

  @Test
  void aRollbackThatFailsReturnsToWhatWasHealthy() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.SICK : Health.HEALTHY;
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(rig.server("app1").live()).contains(second);
    assertThat(rig.server("app1").releases()).contains(first);
    assertThat(state(rig.server("app1"), first)).isEqualTo(ReleaseState.GOOD);
  }

  @Test
  void stageAndActivateAreAReleaseCutInTwo() {
    Rig rig = new Rig("app1");
    OutcomeReport staged = rig.deployments().stage(rig.request());
    SimServer server = rig.server("app1");
    assertThat(staged.outcome()).isEqualTo(Outcome.STAGED);
    assertThat(server.files.isLink("current")).isFalse();
    assertThat(server.staging()).hasSize(1);
    OutcomeReport activated = rig.deployments().activate(rig.request());
    assertThat(activated.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(server.live()).isEqualTo(staged.release());
    OutcomeReport again = rig.deployments().activate(rig.request());
    assertThat(again.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(again.success()).isTrue();
    release(rig, "v2");
    assertThat(rig.deployments().activate(rig.request()).success()).isFalse();
  }

  @Test
  void anActivationThatWasTakenBackIsNotFollowedByAnOlderOne() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    ReleaseId passedOver = stage(rig, "v2");
    ReleaseId sick = stage(rig, "v3");
    rig.health = (host, path) -> path.name().equals(sick.value()) ? Health.SICK : Health.HEALTHY;
    OutcomeReport report = rig.deployments().activate(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.next()).endsWith("then: mvn deploy:stage and mvn deploy:activate");
    OutcomeReport again = rig.deployments().activate(rig.request());
    assertThat(again.success()).isFalse();
    assertThat(again.happened()).contains(passedOver.value()).contains("older than");
    assertThat(again.next()).contains("mvn deploy:stage").contains("-Ddeploy.releaseId=ID");
    assertThat(rig.server("app1").live()).contains(first);
    rig.releaseId = Optional.of(passedOver);
    assertThat(rig.deployments().activate(rig.request()).outcome()).isEqualTo(Outcome.RELEASED);
  }

  @Test
  void anActivationThatWasCutOffBeforeItsDecisionIsDoneAgain() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    ReleaseId staged = stage(rig, "v2");
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Switch;
    rig.deployments().activate(rig.request());
    server.lost = op -> false;
    OutcomeReport again = rig.deployments().activate(rig.request());
    assertThat(again.happened()).isEmpty();
    assertThat(again.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(server.live()).contains(staged);
  }

  @Test
  void migrationsRunOnceAndGoDownBeforeTheReleaseLeaves() {
    Rig rig = new Rig("app1", "app2");
    rig.migrations = List.of(upAndDown());
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.HEALTHY : Health.SICK;
    OutcomeReport report = release(rig, "v2");
    ReleaseId second = report.release().orElseThrow();
    assertThat(rig.server("app1").commands)
        .containsExactly(
            "migration-db-up in " + first,
            "restart in " + first,
            "migration-db-up in " + second,
            "restart in " + second,
            "restart-back in " + first,
            "migration-db-down in " + second);
    assertThat(rig.server("app2").commands).noneMatch(command -> command.startsWith("migration"));
    assertThat(report.migrations())
        .containsExactly(new OutcomeReport.MigrationState("db", "undone"));
  }

  @Test
  void aDownThatFailsLeavesTheDatabaseInDoubt() {
    Rig rig = new Rig("app1");
    rig.migrations = List.of(upAndDown());
    rig.server("app1").exits = command -> command.name().equals("migration-db-down") ? 3 : 0;
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.HEALTHY : Health.SICK;
    OutcomeReport report = release(rig, "v2");
    assertThat(report.outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(rig.server("app1").live()).contains(first);
    rig.events.clear();
    OutcomeReport settled = rig.deployments().recover(rig.request());
    assertThat(settled.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(warnings(rig))
        .anyMatch(text -> text.contains("DIRTY") && text.contains("-Ddeploy.migration=db:undone"));
  }

  private static List<String> warnings(Rig rig) {
    return rig.events.stream()
        .filter(DeployEvent.Warning.class::isInstance)
        .map(event -> ((DeployEvent.Warning) event).text())
        .toList();
  }

  @Test
  void theLogThatIsNamedIsThatOfTheHostThatFailed() {
    Rig rig = new Rig("app1", "app2");
    release(rig, "v1");
    rig.server("app2").exits = command -> command.name().equals("restart") ? 3 : 0;
    OutcomeReport report = release(rig, "v2");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.happened()).startsWith("app2: ");
    assertThat(report.next()).contains("(what commands wrote is in app2:");
  }

  @Test
  void hooksRunInTheirPlacesAndUndoneInReverse() {
    Rig rig = new Rig("app1");
    rig.hooks =
        List.of(
            hook(Hook.Point.BEFORE_SEAL),
            hook(Hook.Point.BEFORE_SWITCH),
            hook(Hook.Point.AFTER_SWITCH),
            hook(Hook.Point.AFTER_COMMIT),
            hook(Hook.Point.AFTER_REVERT));
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    rig.server("app1").commands.clear();
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.HEALTHY : Health.SICK;
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    assertThat(rig.server("app1").commands)
        .containsExactly(
            "hook-before-seal-1 in " + second,
            "hook-before-switch-1 in " + second,
            "restart in " + second,
            "hook-after-switch-1 in " + second,
            "hook-after-switch-1-undo in " + second,
            "restart-back in " + first,
            "hook-before-switch-1-undo in " + second,
            "hook-before-seal-1-undo in " + second,
            "hook-after-revert-1 in " + first);
  }

  private static Hook hook(Hook.Point at) {
    return new Hook(
        at,
        new Command("do " + at.word(), MINUTE),
        Optional.of(new Command("undo " + at.word(), MINUTE)),
        Where.ALL);
  }

  @Test
  void aFailingHookAfterTheCommitOnlyWarns() {
    Rig rig = new Rig("app1");
    rig.hooks = List.of(hook(Hook.Point.AFTER_COMMIT));
    rig.server("app1").exits = command -> command.name().startsWith("hook-after-commit") ? 1 : 0;
    assertThat(release(rig, "v1").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(rig.server("app1").lock()).isEmpty();
    assertThat(rig.events)
        .anySatisfy(event -> assertThat(event).isInstanceOf(DeployEvent.Warning.class));
  }

  @Test
  void aReleaseKeepsTheGoodOnesAndPrunesTheRest() {
    Rig rig = new Rig("app1");
    rig.keep = 2;
    for (int i = 1; i <= 4; i++) {
      release(rig, "v" + i);
    }
    assertThat(rig.server("app1").releases()).hasSize(2);
    assertThat(rig.server("app1").releases()).contains(rig.server("app1").live().orElseThrow());
  }

  @Test
  void anotherRunThatTakesTheLockFencesThisOne() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    SimServer server = rig.server("app1");
    server.fails =
        op -> {
          if (op instanceof HostOp.Publish) {
            server.lockedBy("99:beef:eve@else:release:1");
          }
          return false;
        };
    rig.health = (host, path) -> Health.HEALTHY;
    OutcomeReport report = release(rig, "v2");
    assertThat(report.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
    assertThat(server.live()).contains(first);
    assertThat(report.happened()).contains("another run has taken over");
  }

  @Test
  void aHeldLockIsWaitedForAndThenNamed() {
    Rig rig = new Rig("app1", "app2");
    SimServer second = rig.server("app2");
    second.heldBy("7:beef:eve@laptop:release:1763800000");
    OutcomeReport report = release(rig, "v1");
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.success()).isFalse();
    assertThat(report.happened())
        .contains("app2")
        .contains("eve@laptop")
        .contains("deploy:release");
    assertThat(rig.server("app1").lock()).isEmpty();
  }

  @Test
  void aHolderThatFellSilentIsTakenOverOnceThatWasSeenForAMinute() {
    Rig rig = new Rig("app1");
    rig.server("app1").silentlyHeldBy("7:beef:eve@laptop:release:1763800000");
    Instant start = rig.clock.instant().plus(MINUTE);
    assertThat(release(rig, "v1").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(Duration.between(start, rig.clock.instant()))
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
  }

  @Test
  void aRunThatFellSilentOnAllItsHostsIsTakenOverOnAllInOneMinute() {
    Rig rig = new Rig("app1", "app2", "app3");
    for (SimServer server : rig.servers.all()) {
      server.silentlyHeldBy("7:beef:eve@laptop:release:1763800000");
    }
    assertThat(release(rig, "v1").outcome()).isEqualTo(Outcome.RELEASED);
  }

  @Test
  void theLockOfARunThatIsGoneIsTakenOverAndItsWorkSettled() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Commit;
    OutcomeReport cut = release(rig, "v2");
    assertThat(cut.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
    ReleaseId second = cut.release().orElseThrow();
    assertThat(server.live()).contains(second);
    assertThat(server.lock()).isPresent();
    server.lost = op -> false;
    OutcomeReport next = release(rig, "v3");
    assertThat(next.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(next.previous()).contains(first);
    assertThat(state(server, second)).isEqualTo(ReleaseState.REVERTED);
    assertThat(server.failed()).containsExactly(second);
  }

  @Test
  void aRollbackAfterAReleaseThatWasCutOffBeforeItsSwitchOnlySettlesIt() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Switch;
    ReleaseId third = release(rig, "v3").release().orElseThrow();
    assertThat(server.live()).contains(second);
    server.lost = op -> false;
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(report.release()).contains(second);
    assertThat(report.previous()).contains(third);
    assertThat(server.live()).contains(second);
    assertThat(server.lock()).isEmpty();
  }

  @Test
  void aRevertThatFlippedBackButDidNotRestartIsFinished() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    SimServer server = rig.server("app1");
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.HEALTHY : Health.SICK;
    server.lost = op -> op instanceof HostOp.Run run && run.command().name().equals("restart-back");
    assertThat(release(rig, "v2").outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
    assertThat(server.live()).contains(first);
    server.lost = op -> false;
    server.commands.clear();
    assertThat(rig.deployments().rollback(rig.request()).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(server.commands).containsExactly("restart-back in " + first);
    assertThat(server.live()).contains(first);
  }

  @Test
  void anActivationThatWasCutOffAfterItsDecisionIsNotFollowedByAnOlderOne() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    SimServer server = rig.server("app1");
    ReleaseId passedOver = stage(rig, "v2");
    ReleaseId staged = stage(rig, "v3");
    server.lost =
        op -> op instanceof HostOp.Append append && append.entry() instanceof JournalEntry.RunEnded;
    assertThat(rig.deployments().activate(rig.request()).outcome())
        .isEqualTo(Outcome.OUTCOME_UNKNOWN);
    assertThat(state(server, staged)).isEqualTo(ReleaseState.GOOD);
    server.lost = op -> false;

    OutcomeReport again = rig.deployments().activate(rig.request());
    assertThat(again.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(again.success()).isTrue();
    assertThat(again.release()).contains(staged);

    OutcomeReport third = rig.deployments().activate(rig.request());
    assertThat(third.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(third.success()).isTrue();
    assertThat(server.live()).contains(staged);

    rig.releaseId = Optional.of(staged);
    assertThat(rig.deployments().activate(rig.request()).success()).isTrue();
    rig.releaseId = Optional.of(passedOver);
    assertThat(rig.deployments().activate(rig.request()).outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(server.live()).contains(passedOver);
  }

  @Test
  void aRefusalAfterAnInterruptedRunWasSettledSaysWhatStandsWhere() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Run run && run.command().name().equals("restart");
    release(rig, "v2");
    server.lost = op -> false;
    OutcomeReport report = rig.deployments().activate(rig.request());
    assertThat(report.happened()).contains("no sealed release waits");
    assertThat(report.hosts())
        .singleElement()
        .satisfies(
            host -> {
              assertThat(host.live()).contains(first.value());
              assertThat(host.message()).isEqualTo("the interrupted run is settled");
            });
  }

  @Test
  void aMigrationOfAnInterruptedRunGoesDownBeforeItsReleaseLeaves() {
    Rig rig = new Rig("app1");
    rig.migrations = List.of(upAndDown());
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Switch flip && flip.live().isPresent();
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    server.lost = op -> false;
    server.commands.clear();
    ReleaseId third = release(rig, "v3").release().orElseThrow();
    assertThat(server.commands)
        .startsWith("migration-db-down in " + second, "migration-db-up in " + third);
    assertThat(server.live()).contains(third);
    assertThat(RollbackTarget.of(facts(server), HostHistory.of(server.journal()))).contains(first);
  }

  private static HostFacts facts(SimServer server) {
    return server.connect().facts(new FactsQuery(server.target().root(), Shared.NONE));
  }

  @Test
  void aRollbackThatFindsTheOldReleaseAlreadyPutBackEndsThere() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Commit;
    release(rig, "v3");
    server.lost = op -> false;
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(server.live()).contains(second);
    assertThat(server.lock()).isEmpty();
  }

  @Test
  void aRollbackThatWasInterruptedGoesToTheSameRelease() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    release(rig, "v3");
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Commit;
    rig.deployments().rollback(rig.request());
    assertThat(server.live()).contains(second);
    server.lost = op -> false;
    assertThat(rig.deployments().rollback(rig.request()).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(server.live()).contains(second);
  }

  @Test
  void aRunThatWasCutOffWhileItSettledAnotherIsSettledToo() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Run run && run.command().name().equals("restart");
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    server.lost = op -> op instanceof HostOp.Quarantine;
    release(rig, "v3");
    server.lost = op -> op instanceof HostOp.Switch;
    release(rig, "v4");
    server.lost = op -> false;
    OutcomeReport report = rig.deployments().recover(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(server.live()).contains(first);
    assertThat(state(server, second)).isEqualTo(ReleaseState.REVERTED);
    assertThat(HostHistory.of(server.journal()).allUnfinished("")).isEmpty();
    assertThat(rig.deployments().recover(rig.request()).outcome())
        .isEqualTo(Outcome.NOTHING_CHANGED);
  }

  @Test
  void everyHostGoesBackBeforeAMigrationIsUndone() {
    Rig rig = new Rig("app1", "app2");
    rig.migrations = List.of(upAndDown());
    release(rig, "v1");
    SimServer two = rig.server("app2");
    rig.servers
        .all()
        .forEach(
            server ->
                server.lost =
                    op -> op instanceof HostOp.Run run && run.command().name().equals("restart"));
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    rig.servers.all().forEach(server -> server.lost = op -> false);
    List<Optional<ReleaseId>> live = new ArrayList<>();
    rig.server("app1").exits =
        command -> {
          if (command.name().equals("migration-db-down")) {
            live.add(two.live());
          }
          return 0;
        };
    rig.deployments().recover(rig.request());
    assertThat(live).isNotEmpty().doesNotContain(Optional.of(second));
  }

  @Test
  void hooksOfAnInterruptedRunAreUndone() {
    Rig rig = new Rig("app1");
    rig.hooks =
        List.of(
            new Hook(
                Hook.Point.BEFORE_SWITCH,
                new Command("drain", MINUTE),
                Optional.of(new Command("undrain", MINUTE)),
                Where.ALL));
    release(rig, "v1");
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Switch;
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    server.lost = op -> false;
    server.commands.clear();
    rig.deployments().recover(rig.request());
    assertThat(server.commands).containsExactly("hook-before-switch-1-undo in " + second);
  }

  @Test
  void anUploadThatWasInterruptedIsPutAway() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Assemble;
    ReleaseId cut = release(rig, "v2").release().orElseThrow();
    assertThat(server.staging()).singleElement().asString().startsWith(cut + ".up-");
    server.lost = op -> false;
    release(rig, "v3");
    assertThat(server.staging()).isEmpty();
    assertThat(HostHistory.of(server.journal()).state(cut)).as("it never was a release").isEmpty();
  }

  @Test
  void aTreeThatWasNotSealedIsPutAway() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Seal;
    ReleaseId cut = release(rig, "v2").release().orElseThrow();
    assertThat(server.staging()).containsExactly(cut.value());
    server.lost = op -> false;
    release(rig, "v3");
    assertThat(server.staging()).isEmpty();
    assertThat(state(server, cut)).isEqualTo(ReleaseState.FAILED);
  }

  @Test
  void everythingMissingInSharedIsNamedBeforeAnythingHappens() {
    Rig rig = new Rig("app1");
    rig.shared = new Shared(List.of(), List.of("config/a.properties", "config/b.properties"));
    OutcomeReport report = release(rig, "v1");
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.happened())
        .contains("/srv/shop/shared/config/a.properties", "/srv/shop/shared/config/b.properties");
    assertThat(rig.server("app1").staging()).isEmpty();
    assertThat(rig.server("app1").lock()).isEmpty();
  }

  @Test
  void aPlanNamesExactlyTheStepsThatTheReleaseThenTakes() {
    Rig rig = new Rig("app1", "app2");
    rig.hooks = List.of(hook(Hook.Point.BEFORE_SWITCH), hook(Hook.Point.AFTER_COMMIT));
    rig.keep = 2;
    for (int i = 1; i <= 3; i++) {
      release(rig, "v" + i);
    }
    rig.content = "v4";
    rig.clock.advance(MINUTE);
    rig.deployments().plan(rig.request());
    Set<String> planned = new LinkedHashSet<>();
    for (DeployEvent event : List.copyOf(rig.events)) {
      if (event instanceof DeployEvent.PlanMade made) {
        for (PlanView.Step step : made.plan().steps()) {
          step.hosts().forEach(host -> planned.add(step.stage() + "/" + step.name() + "@" + host));
        }
      }
    }
    rig.events.clear();
    rig.deployments().release(rig.request());
    Set<String> done = new LinkedHashSet<>();
    for (DeployEvent event : List.copyOf(rig.events)) {
      if (event instanceof DeployEvent.StepFinished finished) {
        done.add(finished.step().stage() + "/" + finished.step().name() + "@" + finished.host());
      }
    }
    assertThat(planned).isNotEmpty().containsExactlyInAnyOrderElementsOf(done);
  }

  @Test
  void unlockSaysWhenThereIsNoLock() {
    Rig rig = new Rig("app1");
    OutcomeReport report = rig.deployments().unlock(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.success()).isTrue();
    assertThat(rig.events).contains(new DeployEvent.Notice(Optional.of("app1"), "no lock is held"));
  }

  @Test
  void unlockSparesALiveOwnerUnlessForced() {
    Rig rig = new Rig("app1");
    SimServer server = rig.server("app1");
    server.heldBy("7:beef:eve@laptop:release:1763800000");
    assertThat(rig.deployments().unlock(rig.request()).success()).isFalse();
    assertThat(server.lock()).isPresent();
    rig.force = true;
    assertThat(rig.deployments().unlock(rig.request()).outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(server.lock()).isEmpty();
  }

  @Test
  void unlockTouchesNoHostWhereOneOfThemHasALiveOwner() {
    Rig rig = new Rig("app1", "app2", "app3");
    rig.server("app1").lockedBy("6:dead:eve@laptop:release:1763800000");
    rig.server("app2").heldBy("7:beef:eve@laptop:release:1763800000");
    OutcomeReport report = rig.deployments().unlock(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.happened()).startsWith("app2: the run that holds the lock is alive");
    assertThat(rig.server("app1").lock()).isPresent();
    assertThat(rig.server("app2").lock()).isPresent();
  }

  @Test
  void anUnlockThatEndsHalfWaySaysWhichLocksItBroke() {
    Rig rig = new Rig("app1", "app2", "app3");
    rig.server("app1").lockedBy("6:dead:eve@laptop:release:1763800000");
    rig.server("app2").lockedBy("6:dead:eve@laptop:release:1763800000");
    rig.server("app3").lockedBy("6:dead:eve@laptop:release:1763800000");
    HostConnector all = rig.connector;
    rig.connector =
        target ->
            target.host().equals("app2")
                ? changesHands(rig.server("app2"), all.connect(target))
                : all.connect(target);
    OutcomeReport report = rig.deployments().unlock(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.REVERT_FAILED);
    assertThat(report.happened()).isEqualTo("app2: the lock has changed hands meanwhile");
    assertThat(report.hosts())
        .extracting(OutcomeReport.HostState::message)
        .containsExactly("unlocked", "its lock stands", "unlocked");
    assertThat(rig.server("app2").lock()).isPresent();
    assertThat(rig.server("app3").lock()).isEmpty();
  }

  /** A host on which another run takes the lock right before it is broken. */
  private static Host changesHands(SimServer server, Host host) {
    return (Host)
        Proxy.newProxyInstance(
            Host.class.getClassLoader(),
            new Class<?>[] {Host.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("breakLock")) {
                server.lockedBy("8:cafe:bob@laptop:release:1763800001");
              }
              return method.invoke(host, arguments);
            });
  }

  @Test
  void noHostIsRolledBackBeforeTheHooksHaveRunOnAll() {
    Rig rig = new Rig("app1", "app2");
    release(rig, "v1");
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    rig.hooks = List.of(hook(Hook.Point.BEFORE_SWITCH));
    rig.server("app1").commands.clear();
    rig.server("app2").exits = command -> command.name().equals("hook-before-switch-1") ? 1 : 0;
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).as(report.happened()).isEqualTo(Outcome.REVERTED);
    assertThat(rig.server("app1").live()).contains(second);
    assertThat(rig.server("app1").commands).noneMatch(command -> command.startsWith("restart"));
  }

  @Test
  void aReleaseWhoseRevertEndedHalfWayCountsForARollbackAndIsPrunedInTheEnd() {
    Rig rig = new Rig("app1");
    SimServer server = rig.server("app1");
    rig.keep = 2;
    rig.migrations = List.of(upAndDown());
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    rig.hooks = List.of(hook(Hook.Point.BEFORE_SWITCH));
    server.exits = command -> command.name().startsWith("hook-before-switch-1") ? 1 : 0;
    OutcomeReport half = release(rig, "v3");
    ReleaseId third = half.release().orElseThrow();
    assertThat(half.outcome()).isEqualTo(Outcome.REVERT_FAILED);
    assertThat(server.releases()).contains(third);
    assertThat(state(server, third)).isEqualTo(ReleaseState.SEALED);
    rig.hooks = List.of();
    server.exits = command -> 0;
    assertThat(rig.deployments().prune(rig.request()).outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    server.commands.clear();
    rig.undoMigrations = true;
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).as(report.happened()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(server.live()).contains(first);
    assertThat(server.commands)
        .containsExactly(
            "restart in " + first,
            "migration-db+%s-down in %s".formatted(third, third),
            "migration-db+%s-down in %s".formatted(second, second));
    release(rig, "v4");
    assertThat(server.releases()).contains(third);
    release(rig, "v5");
    assertThat(server.releases()).doesNotContain(third);
    assertThat(state(server, third)).isEqualTo(ReleaseState.PRUNED);
  }

  @Test
  void aRollbackThatWentBackSaysNothingOfMigrations() {
    Rig rig = new Rig("app1");
    rig.migrations = List.of(upAndDown());
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    release(rig, "v2");
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.SICK : Health.HEALTHY;
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.migrations()).isEmpty();
  }

  @Test
  void unlockSaysWhatItLeavesUnsettled() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Commit;
    release(rig, "v2");
    server.lost = op -> false;
    OutcomeReport report = rig.deployments().unlock(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(report.next()).isEqualTo("mvn deploy:recover");
    assertThat(rig.events.toString()).contains("is not settled, and no watchdog puts it back now");
  }

  @Test
  void whatAnotherToolPutLiveIsAdoptedAndCanBeRolledBackTo() {
    Rig rig = new Rig("app1");
    SimServer server = rig.server("app1");
    ReleaseId theirs = new ReleaseId("20250101000000");
    server.files.mkdirs("releases/" + theirs);
    server.files.symlink("current", server.layout().release(theirs).value());
    release(rig, "v1");
    assertThat(state(server, theirs)).isEqualTo(ReleaseState.ADOPTED);
    rig.deployments().rollback(rig.request());
    assertThat(server.live()).contains(theirs);
  }
}
