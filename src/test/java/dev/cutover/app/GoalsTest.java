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
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.event.DeployEvent;
import dev.cutover.testkit.host.FakeHost;
import dev.cutover.testkit.host.Rig;
import dev.cutover.transport.HostOp;
import java.time.Duration;
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

  private static ReleaseState state(FakeHost.Disk disk, ReleaseId id) {
    return HostHistory.of(new Journal(disk.journal)).state(id).orElseThrow();
  }

  @Test
  void aFirstReleaseIsLiveGoodAndUnlocked() {
    Rig rig = new Rig("app1");
    OutcomeReport report = release(rig, "v1");
    FakeHost.Disk disk = rig.disk("app1");
    assertThat(report.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(disk.live()).isEqualTo(report.release());
    assertThat(state(disk, report.release().orElseThrow())).isEqualTo(ReleaseState.GOOD);
    assertThat(disk.lock).isEmpty();
    assertThat(disk.holderAlive).isFalse();
    assertThat(disk.revisions)
        .containsExactly(
            "Branch v1 (at abc1234) deployed as release " + disk.live().get() + " by anna@ci");
  }

  @Test
  void oneHostWithoutChecksNeedsThreeRoundTrips() {
    Rig rig = new Rig("app1");
    rig.checks = false;
    release(rig, "v1");
    assertThat(rig.disk("app1").trips).containsExactly("lock", "upload", "perform");
  }

  @Test
  void anUnhealthyReleaseGoesBackToWhatWasLive() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.HEALTHY : Health.SICK;
    OutcomeReport report = release(rig, "v2");
    FakeHost.Disk disk = rig.disk("app1");
    ReleaseId second = report.release().orElseThrow();
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.happened()).isEqualTo("app1: health: bin/smoke exited 1");
    assertThat(report.hosts().get(0).live()).contains(first.value());
    assertThat(disk.live()).contains(first);
    assertThat(disk.failed).containsExactly(second);
    assertThat(state(disk, second)).isEqualTo(ReleaseState.REVERTED);
    assertThat(disk.lock).isEmpty();
    assertThat(disk.commands)
        .containsExactly("restart in " + first, "restart in " + second, "restart-back in " + first);
  }

  @Test
  void aFirstReleaseThatFailsLeavesNothingLive() {
    Rig rig = new Rig("app1");
    rig.health = (host, path) -> Health.SICK;
    OutcomeReport report = release(rig, "v1");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(rig.disk("app1").current).isEmpty();
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
    FakeHost.Disk disk = rig.disk("app1");
    rig.health = (host, path) -> disk.commands.size() < 2 ? Health.HEALTHY : Health.SICK;
    OutcomeReport report = release(rig, "v2");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERT_FAILED);
    assertThat(disk.live()).contains(first);
    assertThat(disk.failed).hasSize(1);
    assertThat(report.happened()).contains("was healthy before, but is not now");
  }

  @Test
  void aFailureBeforeTheSwitchNeverTouchesCurrent() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    rig.disk("app1").fails = op -> op instanceof HostOp.Seal;
    OutcomeReport report = release(rig, "v2");
    FakeHost.Disk disk = rig.disk("app1");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(disk.live()).contains(first);
    assertThat(state(disk, report.release().orElseThrow())).isEqualTo(ReleaseState.FAILED);
    assertThat(disk.commands).hasSize(1);
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
    assertThat(rig.disks.values()).allSatisfy(disk -> assertThat(disk.live()).contains(first));
    assertThat(rig.disks.values()).allSatisfy(disk -> assertThat(disk.lock).isEmpty());
  }

  @Test
  void noHostFlipsBeforeAllHaveSealed() {
    Rig rig = new Rig("app1", "app2");
    release(rig, "v1");
    rig.disk("app2").fails = op -> op instanceof HostOp.Seal;
    release(rig, "v2");
    assertThat(rig.disk("app1").commands).hasSize(1);
  }

  @Test
  void theSameFilesAndConfigurationAreNotReleasedAgain() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    OutcomeReport again = release(rig, "v1");
    assertThat(again.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(again.success()).isTrue();
    assertThat(rig.disk("app1").releases).hasSize(1);
    rig.force = true;
    assertThat(release(rig, "v1").outcome()).isEqualTo(Outcome.RELEASED);
  }

  @Test
  void rollingBackTwiceGoesTwoBackAndRetryingDoesNot() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    ReleaseId third = release(rig, "v3").release().orElseThrow();
    FakeHost.Disk disk = rig.disk("app1");
    assertThat(rig.deployments().rollback(rig.request()).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(disk.live()).contains(second);
    assertThat(state(disk, third)).isEqualTo(ReleaseState.WITHDRAWN);
    rig.deployments().rollback(rig.request());
    assertThat(disk.live()).contains(first);
    OutcomeReport none = rig.deployments().rollback(rig.request());
    assertThat(none.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(none.success()).isFalse();
    assertThat(disk.live()).contains(first);
    rig.releaseId = Optional.of(third);
    assertThat(rig.deployments().rollback(rig.request()).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(disk.live()).contains(third);
  }

  @Test
  void aRollbackFromSomethingSickStaysWhereItWent() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    release(rig, "v2");
    rig.health = (host, path) -> Health.SICK;
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.REVERT_FAILED);
    assertThat(rig.disk("app1").live()).contains(first);
  }

  @Test
  void aRollbackThatFailsReturnsToWhatWasHealthy() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.SICK : Health.HEALTHY;
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(rig.disk("app1").live()).contains(second);
    assertThat(rig.disk("app1").releases).contains(first);
    assertThat(state(rig.disk("app1"), first)).isEqualTo(ReleaseState.GOOD);
  }

  @Test
  void stageAndActivateAreAReleaseCutInTwo() {
    Rig rig = new Rig("app1");
    OutcomeReport staged = rig.deployments().stage(rig.request());
    FakeHost.Disk disk = rig.disk("app1");
    assertThat(staged.outcome()).isEqualTo(Outcome.STAGED);
    assertThat(disk.current).isEmpty();
    assertThat(disk.staging).hasSize(1);
    OutcomeReport activated = rig.deployments().activate(rig.request());
    assertThat(activated.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(disk.live()).isEqualTo(staged.release());
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
    assertThat(rig.disk("app1").live()).contains(first);
    rig.releaseId = Optional.of(passedOver);
    assertThat(rig.deployments().activate(rig.request()).outcome()).isEqualTo(Outcome.RELEASED);
  }

  @Test
  void anActivationThatWasCutOffBeforeItsDecisionIsDoneAgain() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    ReleaseId staged = stage(rig, "v2");
    FakeHost.Disk disk = rig.disk("app1");
    disk.lost = op -> op instanceof HostOp.Switch;
    rig.deployments().activate(rig.request());
    disk.lost = op -> false;
    OutcomeReport again = rig.deployments().activate(rig.request());
    assertThat(again.happened()).isEmpty();
    assertThat(again.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(disk.live()).contains(staged);
  }

  @Test
  void migrationsRunOnceAndGoDownBeforeTheReleaseLeaves() {
    Rig rig = new Rig("app1", "app2");
    rig.migrations = List.of(upAndDown());
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.HEALTHY : Health.SICK;
    OutcomeReport report = release(rig, "v2");
    ReleaseId second = report.release().orElseThrow();
    assertThat(rig.disk("app1").commands)
        .containsExactly(
            "migration-db-up in " + first,
            "restart in " + first,
            "migration-db-up in " + second,
            "restart in " + second,
            "restart-back in " + first,
            "migration-db-down in " + second);
    assertThat(rig.disk("app2").commands).noneMatch(command -> command.startsWith("migration"));
    assertThat(report.migrations())
        .containsExactly(new OutcomeReport.MigrationState("db", "undone"));
  }

  @Test
  void aDownThatFailsLeavesTheDatabaseInDoubt() {
    Rig rig = new Rig("app1");
    rig.migrations = List.of(upAndDown());
    rig.disk("app1").exits = command -> command.name().equals("migration-db-down") ? 3 : 0;
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.HEALTHY : Health.SICK;
    OutcomeReport report = release(rig, "v2");
    assertThat(report.outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(rig.disk("app1").live()).contains(first);
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
    rig.disk("app2").exits = command -> command.name().equals("restart") ? 3 : 0;
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
    rig.disk("app1").commands.clear();
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.HEALTHY : Health.SICK;
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    assertThat(rig.disk("app1").commands)
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
    rig.disk("app1").exits = command -> command.name().startsWith("hook-after-commit") ? 1 : 0;
    assertThat(release(rig, "v1").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(rig.disk("app1").lock).isEmpty();
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
    assertThat(rig.disk("app1").releases).hasSize(2);
    assertThat(rig.disk("app1").releases).contains(rig.disk("app1").live().orElseThrow());
  }

  @Test
  void anotherRunThatTakesTheLockFencesThisOne() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    FakeHost.Disk disk = rig.disk("app1");
    disk.fails =
        op -> {
          if (op instanceof HostOp.Publish) {
            disk.lock = Optional.of("99:beef:eve@else:release:1");
          }
          return false;
        };
    rig.health = (host, path) -> Health.HEALTHY;
    OutcomeReport report = release(rig, "v2");
    assertThat(report.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
    assertThat(disk.live()).contains(first);
    assertThat(report.happened()).contains("another run has taken over");
  }

  @Test
  void aHeldLockIsWaitedForAndThenNamed() {
    Rig rig = new Rig("app1", "app2");
    FakeHost.Disk second = rig.disk("app2");
    second.lock = Optional.of("7:beef:eve@laptop:release:1763800000");
    second.holderAlive = true;
    OutcomeReport report = release(rig, "v1");
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.success()).isFalse();
    assertThat(report.happened())
        .contains("app2")
        .contains("eve@laptop")
        .contains("deploy:release");
    assertThat(rig.disk("app1").lock).isEmpty();
  }

  @Test
  void theLockOfARunThatIsGoneIsTakenOverAndItsWorkSettled() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    FakeHost.Disk disk = rig.disk("app1");
    disk.lost = op -> op instanceof HostOp.Commit;
    OutcomeReport cut = release(rig, "v2");
    assertThat(cut.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
    ReleaseId second = cut.release().orElseThrow();
    assertThat(disk.live()).contains(second);
    assertThat(disk.lock).isPresent();
    disk.lost = op -> false;
    OutcomeReport next = release(rig, "v3");
    assertThat(next.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(next.previous()).contains(first);
    assertThat(state(disk, second)).isEqualTo(ReleaseState.REVERTED);
    assertThat(disk.failed).containsExactly(second);
  }

  @Test
  void aRollbackAfterAReleaseThatWasCutOffBeforeItsSwitchOnlySettlesIt() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    FakeHost.Disk disk = rig.disk("app1");
    disk.lost = op -> op instanceof HostOp.Switch;
    ReleaseId third = release(rig, "v3").release().orElseThrow();
    assertThat(disk.live()).contains(second);
    disk.lost = op -> false;
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(report.release()).contains(second);
    assertThat(report.previous()).contains(third);
    assertThat(disk.live()).contains(second);
    assertThat(disk.lock).isEmpty();
  }

  @Test
  void aRevertThatFlippedBackButDidNotRestartIsFinished() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    FakeHost.Disk disk = rig.disk("app1");
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.HEALTHY : Health.SICK;
    disk.lost = op -> op instanceof HostOp.Run run && run.command().name().equals("restart-back");
    assertThat(release(rig, "v2").outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
    assertThat(disk.live()).contains(first);
    disk.lost = op -> false;
    disk.commands.clear();
    assertThat(rig.deployments().rollback(rig.request()).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(disk.commands).containsExactly("restart-back in " + first);
    assertThat(disk.live()).contains(first);
  }

  @Test
  void anActivationThatWasCutOffAfterItsDecisionIsNotFollowedByAnOlderOne() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    FakeHost.Disk disk = rig.disk("app1");
    ReleaseId passedOver = stage(rig, "v2");
    ReleaseId staged = stage(rig, "v3");
    disk.lost =
        op -> op instanceof HostOp.Append append && append.entry() instanceof JournalEntry.RunEnded;
    assertThat(rig.deployments().activate(rig.request()).outcome())
        .isEqualTo(Outcome.OUTCOME_UNKNOWN);
    assertThat(state(disk, staged)).isEqualTo(ReleaseState.GOOD);
    disk.lost = op -> false;

    OutcomeReport again = rig.deployments().activate(rig.request());
    assertThat(again.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(again.success()).isTrue();
    assertThat(again.release()).contains(staged);

    OutcomeReport third = rig.deployments().activate(rig.request());
    assertThat(third.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(third.success()).isTrue();
    assertThat(disk.live()).contains(staged);

    rig.releaseId = Optional.of(staged);
    assertThat(rig.deployments().activate(rig.request()).success()).isTrue();
    rig.releaseId = Optional.of(passedOver);
    assertThat(rig.deployments().activate(rig.request()).outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(disk.live()).contains(passedOver);
  }

  @Test
  void aRefusalAfterAnInterruptedRunWasSettledSaysWhatStandsWhere() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    FakeHost.Disk disk = rig.disk("app1");
    disk.lost = op -> op instanceof HostOp.Run run && run.command().name().equals("restart");
    release(rig, "v2");
    disk.lost = op -> false;
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
    FakeHost.Disk disk = rig.disk("app1");
    disk.lost = op -> op instanceof HostOp.Switch flip && flip.live().isPresent();
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    disk.lost = op -> false;
    disk.commands.clear();
    ReleaseId third = release(rig, "v3").release().orElseThrow();
    assertThat(disk.commands)
        .startsWith("migration-db-down in " + second, "migration-db-up in " + third);
    assertThat(disk.live()).contains(third);
    assertThat(RollbackTarget.of(facts(disk), HostHistory.of(new Journal(disk.journal))))
        .contains(first);
  }

  private static HostFacts facts(FakeHost.Disk disk) {
    return new FakeHost(disk).facts(new FactsQuery(disk.target.root(), Shared.NONE));
  }

  @Test
  void aRollbackThatFindsTheOldReleaseAlreadyPutBackEndsThere() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    FakeHost.Disk disk = rig.disk("app1");
    disk.lost = op -> op instanceof HostOp.Commit;
    release(rig, "v3");
    disk.lost = op -> false;
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(disk.live()).contains(second);
    assertThat(disk.lock).isEmpty();
  }

  @Test
  void aRollbackThatWasInterruptedGoesToTheSameRelease() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    release(rig, "v3");
    FakeHost.Disk disk = rig.disk("app1");
    disk.lost = op -> op instanceof HostOp.Commit;
    rig.deployments().rollback(rig.request());
    assertThat(disk.live()).contains(second);
    disk.lost = op -> false;
    assertThat(rig.deployments().rollback(rig.request()).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(disk.live()).contains(second);
  }

  @Test
  void aRunThatWasCutOffWhileItSettledAnotherIsSettledToo() {
    Rig rig = new Rig("app1");
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    FakeHost.Disk disk = rig.disk("app1");
    disk.lost = op -> op instanceof HostOp.Run run && run.command().name().equals("restart");
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    disk.lost = op -> op instanceof HostOp.Quarantine;
    release(rig, "v3");
    disk.lost = op -> op instanceof HostOp.Switch;
    release(rig, "v4");
    disk.lost = op -> false;
    OutcomeReport report = rig.deployments().recover(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(disk.live()).contains(first);
    assertThat(state(disk, second)).isEqualTo(ReleaseState.REVERTED);
    assertThat(HostHistory.of(new Journal(disk.journal)).allUnfinished("")).isEmpty();
    assertThat(rig.deployments().recover(rig.request()).outcome())
        .isEqualTo(Outcome.NOTHING_CHANGED);
  }

  @Test
  void everyHostGoesBackBeforeAMigrationIsUndone() {
    Rig rig = new Rig("app1", "app2");
    rig.migrations = List.of(upAndDown());
    release(rig, "v1");
    FakeHost.Disk two = rig.disk("app2");
    rig.disks
        .values()
        .forEach(
            disk ->
                disk.lost =
                    op -> op instanceof HostOp.Run run && run.command().name().equals("restart"));
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    rig.disks.values().forEach(disk -> disk.lost = op -> false);
    List<Optional<ReleaseId>> live = new ArrayList<>();
    rig.disk("app1").exits =
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
    FakeHost.Disk disk = rig.disk("app1");
    disk.lost = op -> op instanceof HostOp.Switch;
    ReleaseId second = release(rig, "v2").release().orElseThrow();
    disk.lost = op -> false;
    disk.commands.clear();
    rig.deployments().recover(rig.request());
    assertThat(disk.commands).containsExactly("hook-before-switch-1-undo in " + second);
  }

  @Test
  void anUploadThatWasInterruptedIsPutAway() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    FakeHost.Disk disk = rig.disk("app1");
    disk.lost = op -> op instanceof HostOp.Assemble;
    ReleaseId cut = release(rig, "v2").release().orElseThrow();
    assertThat(disk.staging).containsExactly(cut);
    disk.lost = op -> false;
    release(rig, "v3");
    assertThat(disk.staging).isEmpty();
    assertThat(state(disk, cut)).isEqualTo(ReleaseState.FAILED);
  }

  @Test
  void everythingMissingInSharedIsNamedBeforeAnythingHappens() {
    Rig rig = new Rig("app1");
    rig.disk("app1").missingShared = List.of("config/a.properties", "config/b.properties");
    OutcomeReport report = release(rig, "v1");
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.happened())
        .contains("/srv/shop/shared/config/a.properties", "/srv/shop/shared/config/b.properties");
    assertThat(rig.disk("app1").staging).isEmpty();
    assertThat(rig.disk("app1").lock).isEmpty();
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
    FakeHost.Disk disk = rig.disk("app1");
    disk.lock = Optional.of("7:beef:eve@laptop:release:1763800000");
    disk.holderAlive = true;
    assertThat(rig.deployments().unlock(rig.request()).success()).isFalse();
    assertThat(disk.lock).isPresent();
    rig.force = true;
    assertThat(rig.deployments().unlock(rig.request()).outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(disk.lock).isEmpty();
  }

  @Test
  void unlockSaysWhatItLeavesUnsettled() {
    Rig rig = new Rig("app1");
    release(rig, "v1");
    FakeHost.Disk disk = rig.disk("app1");
    disk.lost = op -> op instanceof HostOp.Commit;
    release(rig, "v2");
    disk.lost = op -> false;
    OutcomeReport report = rig.deployments().unlock(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(report.next()).isEqualTo("mvn deploy:recover");
    assertThat(rig.events.toString()).contains("is not settled, and no watchdog puts it back now");
  }

  @Test
  void whatAnotherToolPutLiveIsAdoptedAndCanBeRolledBackTo() {
    Rig rig = new Rig("app1");
    FakeHost.Disk disk = rig.disk("app1");
    ReleaseId theirs = new ReleaseId("20250101000000");
    disk.releases.add(theirs);
    disk.current = Optional.of(disk.layout.release(theirs));
    release(rig, "v1");
    assertThat(state(disk, theirs)).isEqualTo(ReleaseState.ADOPTED);
    rig.deployments().rollback(rig.request());
    assertThat(disk.live()).contains(theirs);
  }
}
