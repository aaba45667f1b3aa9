package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.Target;
import dev.cutover.domain.Targets;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.domain.journal.Run;
import dev.cutover.error.HostLostException;
import dev.cutover.event.DeployEvent;
import dev.cutover.testkit.app.Rig;
import dev.cutover.testkit.sim.SimServer;
import dev.cutover.transport.HostConnector;
import dev.cutover.transport.HostOp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of several hosts is what stands on them. */
class ManyHostsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

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

  /** Somebody moves {@code current} of a host back while the checks of a release are asked. */
  private static void movesBack(Rig rig, String host, ReleaseId old) {
    SimServer server = rig.server(host);
    rig.health =
        (at, path) -> {
          if (at.target().host().equals(host) && !path.name().equals(old.value())) {
            server.files.symlink("current", server.layout().release(old).value());
          }
          return Health.HEALTHY;
        };
  }

  private static Run last(SimServer server) {
    List<Run> runs = HostHistory.of(server.journal()).runs();
    return runs.get(runs.size() - 1);
  }

  private static List<String> live(OutcomeReport report) {
    return report.hosts().stream().map(host -> host.live().orElse("")).toList();
  }

  @Test
  void aHostThatSomebodyMovedBackBeforeTheCommitMakesTheOutcomeMixed() {
    Rig rig = new Rig("app1", "app2", "app3");
    ReleaseId first = released(rig, "v1");
    movesBack(rig, "app2", first);
    OutcomeReport report = release(rig, "v2");
    ReleaseId second = report.release().orElseThrow();
    assertThat(report.outcome()).isEqualTo(Outcome.MIXED);
    assertThat(live(report)).containsExactly(second.value(), first.value(), second.value());
    assertThat(report.happened()).contains("app2").contains("somebody else changed it");
    assertThat(report.next()).startsWith("mvn deploy:release");
    assertThat(last(rig.server("app1")).end()).contains(Outcome.MIXED);
    assertThat(last(rig.server("app2")).end()).isEmpty();
    assertThat(rig.servers.all()).allSatisfy(server -> assertThat(server.lock()).isEmpty());
    rig.health = (host, path) -> Health.HEALTHY;
    ReleaseId third = released(rig, "v2");
    assertThat(rig.servers.all()).allSatisfy(server -> assertThat(server.live()).contains(third));
  }

  @Test
  void aRollbackThatOneHostDidNotFollowNamesTheReleaseToGoTo() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId first = released(rig, "v1");
    ReleaseId second = released(rig, "v2");
    movesBack(rig, "app2", second);
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.MIXED);
    assertThat(live(report)).containsExactly(first.value(), second.value());
    assertThat(report.next()).startsWith("mvn deploy:rollback -Ddeploy.releaseId=" + first);
    rig.health = (host, path) -> Health.HEALTHY;
    rig.releaseId = Optional.of(first);
    OutcomeReport together = rig.deployments().rollback(rig.request());
    assertThat(together.outcome()).as(together.happened()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(rig.servers.all()).allSatisfy(server -> assertThat(server.live()).contains(first));
  }

  @Test
  void aHostThatIsFencedAtTheCommitLeavesItsRunOpen() {
    Rig rig = new Rig("app1", "app2");
    released(rig, "v1");
    SimServer two = rig.server("app2");
    two.fails =
        op -> {
          if (op instanceof HostOp.Commit) {
            two.lockedBy("99:beef:eve@else:release:1");
          }
          return false;
        };
    OutcomeReport report = release(rig, "v2");
    assertThat(report.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
    assertThat(report.happened()).contains("app2").contains("another run has taken over");
    assertThat(last(two).end()).isEmpty();
    assertThat(two.lock()).contains("99:beef:eve@else:release:1");
    assertThat(rig.server("app1").lock()).isEmpty();
  }

  @Test
  void aCommitThatIsLostElsewhereIsNotToldAsReleasedAndIsSettledForward() {
    Rig rig = new Rig("app1", "app2");
    released(rig, "v1");
    SimServer two = rig.server("app2");
    two.lost = op -> op instanceof HostOp.Commit;
    OutcomeReport report = release(rig, "v2");
    ReleaseId second = report.release().orElseThrow();
    assertThat(report.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
    two.lost = op -> false;
    OutcomeReport settled = rig.deployments().recover(rig.request());
    assertThat(settled.outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(rig.servers.all()).allSatisfy(server -> assertThat(server.live()).contains(second));
    assertThat(last(two).started().goal().word()).isEqualTo("recover");
    assertThat(HostHistory.of(two.journal()).allUnfinished("")).isEmpty();
  }

  @Test
  void whatSomebodyMovedAfterTheCommitIsReadAndTold() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId first = released(rig, "v1");
    SimServer two = rig.server("app2");
    two.fails =
        op -> {
          if (op instanceof HostOp.Unlock) {
            two.files.symlink("current", two.layout().release(first).value());
          }
          return false;
        };
    OutcomeReport report = release(rig, "v2");
    assertThat(report.outcome()).isEqualTo(Outcome.MIXED);
    assertThat(report.happened()).contains("app2: release " + report.release().get());
    assertThat(report.success()).isFalse();
  }

  @Test
  void theHealthThatIsToldIsThatOfWhatIsLive() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId first = released(rig, "v1");
    ReleaseId second = released(rig, "v2");
    SimServer one = rig.server("app1");
    rig.health =
        (at, path) -> {
          boolean newest =
              !path.name().equals(first.value()) && !path.name().equals(second.value());
          if (newest && at.target().host().equals("app1")) {
            one.files.symlink("current", one.layout().release(first).value());
            return Health.HEALTHY;
          }
          return newest ? Health.SICK : Health.HEALTHY;
        };
    OutcomeReport report = release(rig, "v3");
    assertThat(live(report)).containsExactly(first.value(), second.value());
    assertThat(report.hosts())
        .extracting(HostState::health)
        .containsExactly(Health.UNKNOWN, Health.HEALTHY);
  }

  @Test
  void statusOfHostsOnDifferentReleasesIsMixed() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId first = released(rig, "v1");
    ReleaseId second = released(rig, "v2");
    SimServer two = rig.server("app2");
    two.files.symlink("current", two.layout().release(first).value());
    OutcomeReport status = rig.deployments().status(rig.request());
    assertThat(status.outcome()).isEqualTo(Outcome.MIXED);
    assertThat(status.success()).isFalse();
    assertThat(status.happened())
        .contains(second + " is live on app1")
        .contains(first + " is live on app2");
    assertThat(status.next()).startsWith("mvn deploy:release");
    OutcomeReport again = release(rig, "v3");
    assertThat(again.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(again.previous()).isEmpty();
    assertThat(again.before())
        .containsEntry("app1", second.value())
        .containsEntry("app2", first.value());
    assertThat(again.hosts()).extracting(HostState::message).contains("before: " + first);
  }

  @ParameterizedTest
  @EnumSource(
      value = Goal.class,
      names = {"STATUS", "HISTORY", "VERIFY", "CHECK"})
  void aHostOutOfReachDoesNotHideWhatTheOthersSay(Goal goal) {
    Rig rig = new Rig("app1", "app2", "app3");
    ReleaseId first = released(rig, "v1");
    HostConnector all = rig.connector;
    rig.connector =
        target -> {
          if (target.host().equals("app2")) {
            throw new HostLostException("app2", "refused the connection", "is it up?", null);
          }
          return all.connect(target);
        };
    rig.events.clear();
    DefaultDeployments deployments = rig.deployments();
    OutcomeReport report =
        switch (goal) {
          case STATUS -> deployments.status(rig.request());
          case HISTORY -> deployments.history(rig.request());
          case VERIFY -> deployments.verify(rig.request());
          default -> deployments.check(rig.request());
        };
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.success()).isFalse();
    assertThat(report.happened()).isEqualTo("app2: refused the connection");
    assertThat(report.next()).isEqualTo("is it up?");
    assertThat(live(report)).containsExactly(first.value(), "", first.value());
    assertThat(report.hosts().get(1).message()).contains("cannot be read");
    assertThat(rig.events.stream().map(DeployEvent::toString))
        .filteredOn(event -> event.contains("app1") && !event.startsWith("Run"))
        .isNotEmpty();
  }

  @Test
  void hostsAreToldInTheirOrderAndAllOutOfReachIsARefusal() {
    Rig rig = new Rig("app1", "app2", "app3");
    released(rig, "v1");
    rig.events.clear();
    rig.deployments().status(rig.request());
    assertThat(
            rig.events.stream()
                .filter(DeployEvent.StatusRead.class::isInstance)
                .map(event -> ((DeployEvent.StatusRead) event).status().host()))
        .containsExactly("app1", "app2", "app3");
    rig.connector =
        target -> {
          throw new HostLostException(target.host(), "refused the connection", null);
        };
    OutcomeReport report = rig.deployments().status(rig.request());
    assertThat(report.success()).isFalse();
    assertThat(report.hosts()).isEmpty();
    assertThat(report.happened()).contains("app1: refused").contains("app3: refused");
  }

  @Test
  void aReleaseToSomeHostsOfASetSaysWhichItLeaves() {
    Rig rig = new Rig("app1", "app2", "app3");
    released(rig, "v1");
    assertThat(rig.events.toString()).doesNotContain("not among the targets");
    rig.isOver("app2");
    released(rig, "v2");
    assertThat(rig.events.toString())
        .contains(
            "not among the targets, so they stay on what is live there: "
                + rig.server("app1").target().url()
                + ", "
                + rig.server("app3").target().url());
    rig.events.clear();
    released(rig, "v3");
    assertThat(rig.events.toString()).doesNotContain("not among the targets");
  }

  @Test
  void aTargetThatIsOnlySpelledOtherwiseOrHasMovedIsNoneThatIsLeft() {
    Rig rig = new Rig("app1", "app2");
    released(rig, "v1");
    Run run = last(rig.server("app1"));
    List<Target> spelled =
        List.of(
            Targets.parse("sftp://deployer@app1:22/srv/shop/"),
            Targets.parse("sftp://app2/srv/shop"));
    assertThat(Absent.of(run, spelled)).isEmpty();
    List<Target> moved =
        List.of(Targets.parse("sftp://app1/data/shop"), Targets.parse("sftp://app2/srv/shop"));
    assertThat(Absent.of(run, moved)).isEmpty();
    assertThat(Absent.of(run, spelled.subList(0, 1))).containsExactly("sftp://app2/srv/shop");
  }

  @Test
  void whereCurrentWasMovedDuringARunThatIsToGoBackItIsSaidWhereToSetIt() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId first = released(rig, "v1");
    ReleaseId second = released(rig, "v2");
    rig.servers
        .all()
        .forEach(
            server ->
                server.lost =
                    op -> op instanceof HostOp.Run run && run.command().name().equals("restart"));
    release(rig, "v3");
    rig.servers.all().forEach(server -> server.lost = op -> false);
    SimServer server = rig.server("app1");
    server.files.symlink("current", server.layout().release(first).value());
    OutcomeReport report = rig.deployments().recover(rig.request());
    assertThat(report.success()).isFalse();
    assertThat(report.next())
        .contains("ln -sfn '" + server.layout().release(second) + "' '/srv/shop/current'");
    server.files.symlink("current", server.layout().release(second).value());
    assertThat(rig.deployments().recover(rig.request()).outcome()).isEqualTo(Outcome.RECOVERED);
  }

  /** A release whose client died when the first {@code commits} hosts had its COMMIT. */
  private static ReleaseId cutOff(Rig rig, String content, int commits) {
    List<SimServer> servers = rig.servers.all();
    servers
        .subList(commits, servers.size())
        .forEach(server -> server.lost = op -> op instanceof HostOp.Commit);
    servers
        .subList(0, commits)
        .forEach(
            server ->
                server.lost =
                    op ->
                        op instanceof HostOp.Append append
                            && append.entry() instanceof JournalEntry.RunEnded);
    OutcomeReport report = release(rig, content);
    assertThat(report.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
    servers.forEach(server -> server.lost = op -> false);
    return report.release().orElseThrow();
  }

  @Test
  void whatIsLeftOfARunWhoseCoordinatorIsGoneGoesBackAndIsReleasedAnew() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId first = released(rig, "v1");
    cutOff(rig, "v2", 0);
    rig.isOver("app2");
    OutcomeReport settled = rig.deployments().recover(rig.request());
    assertThat(settled.outcome()).as(settled.happened()).isEqualTo(Outcome.RECOVERED);
    assertThat(rig.server("app2").live()).contains(first);
    released(rig, "v3");
  }

  @Test
  void aMemberThatIsGoneHoldsUpNoGoal() {
    for (String gone : List.of("app1", "app2")) {
      Rig rig = new Rig("app1", "app2");
      released(rig, "v1");
      ReleaseId second = released(rig, "v2");
      cutOff(rig, "v3", 0);
      rig.isOver(gone.equals("app1") ? "app2" : "app1");
      OutcomeReport report = rig.deployments().rollback(rig.request());
      assertThat(report.outcome()).as(report.happened()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(report.hosts().get(0).live()).contains(second.value());
    }
  }

  @Test
  void aCommitOnAnyHostThatIsLeftTakesTheOthersForward() {
    Rig rig = new Rig("app1", "app2", "app3");
    released(rig, "v1");
    ReleaseId second = cutOff(rig, "v2", 2);
    rig.isOver("app3", "app2");
    OutcomeReport settled = rig.deployments().recover(rig.request());
    assertThat(settled.outcome()).as(settled.happened()).isEqualTo(Outcome.RECOVERED);
    assertThat(live(settled)).containsExactly(second.value(), second.value());
  }

  @Test
  void whoComesBackWithACommitThatTheOthersTookBackGoesBackToo() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId first = released(rig, "v1");
    ReleaseId second = cutOff(rig, "v2", 1);
    rig.isOver("app2");
    assertThat(rig.deployments().recover(rig.request()).outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(rig.server("app2").live()).contains(first);
    assertThat(rig.server("app1").live()).contains(second);
    rig.isOver("app1", "app2");
    OutcomeReport settled = rig.deployments().recover(rig.request());
    assertThat(settled.outcome()).as(settled.happened()).isEqualTo(Outcome.RECOVERED);
    assertThat(live(settled)).containsExactly(first.value(), first.value());
  }

  @Test
  void aRollbackWhoseDecisionWasTakenBackLeavesWhatItLeftGood() {
    Rig rig = new Rig("app1", "app2");
    released(rig, "v1");
    ReleaseId second = released(rig, "v2");
    rig.server("app2").lost = op -> op instanceof HostOp.Commit;
    rig.server("app1").lost =
        op -> op instanceof HostOp.Append append && append.entry() instanceof JournalEntry.RunEnded;
    rig.deployments().rollback(rig.request());
    rig.servers.all().forEach(server -> server.lost = op -> false);
    rig.isOver("app2");
    rig.deployments().recover(rig.request());
    rig.isOver("app1", "app2");
    OutcomeReport settled = rig.deployments().recover(rig.request());
    assertThat(live(settled)).containsExactly(second.value(), second.value());
    assertThat(HostHistory.of(rig.server("app1").journal()).state(second))
        .contains(ReleaseState.GOOD);
  }

  @Test
  void aRebuiltCoordinatorDidNotDecideAnythingAndIsNotTakenForWhole() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId first = released(rig, "v1");
    cutOff(rig, "v2", 1);
    rig.server("app1").rebuilt();
    OutcomeReport settled = rig.deployments().recover(rig.request());
    assertThat(settled.outcome()).isEqualTo(Outcome.MIXED);
    assertThat(settled.success()).isFalse();
    assertThat(settled.happened())
        .contains("nothing is live on app1")
        .contains(first + " is live on app2");
    ReleaseId third = released(rig, "v3");
    assertThat(rig.servers.all()).allSatisfy(server -> assertThat(server.live()).contains(third));
  }

  private static Rig cutOffByAnEarlierVersion(int commits) {
    Rig rig = new Rig("app1", "app2");
    released(rig, "v1");
    rig.server("app1").deployedByAnEarlierVersion(true);
    cutOff(rig, "v2", commits);
    rig.server("app1").deployedByAnEarlierVersion(false);
    return rig;
  }

  @Test
  void whatAnEarlierVersionDecidedOnALostCoordinatorIsForAPersonToSay() {
    for (DeployRequest.Said said : DeployRequest.Said.values()) {
      Rig rig = cutOffByAnEarlierVersion(1);
      SimServer two = rig.server("app2");
      Optional<ReleaseId> standing = two.live();
      rig.server("app1").rebuilt();
      for (OutcomeReport report :
          List.of(
              rig.deployments().recover(rig.request()),
              rig.deployments().rollback(rig.request()),
              release(rig, "v3"))) {
        assertThat(report.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
        assertThat(report.happened()).contains("whose journal does not know that run");
        assertThat(report.next()).contains("mvn deploy:recover -Ddeploy.decided=committed");
        assertThat(two.live()).isEqualTo(standing);
        assertThat(two.lock()).isEmpty();
      }
      rig.said = Optional.of(said);
      rig.isOver("app2");
      OutcomeReport settled = rig.deployments().recover(rig.request());
      assertThat(settled.outcome()).as(settled.happened()).isEqualTo(Outcome.RECOVERED);
      assertThat(two.live().equals(standing)).isEqualTo(said == DeployRequest.Said.COMMITTED);
      rig.said = Optional.empty();
      released(rig, "v3");
    }
  }

  @Test
  void anEarlierVersionsRunIsSettledByItsCoordinatorAsBefore() {
    for (int commits : List.of(0, 1)) {
      Rig rig = cutOffByAnEarlierVersion(commits);
      Optional<ReleaseId> standing = rig.server("app1").live();
      OutcomeReport settled = rig.deployments().recover(rig.request());
      assertThat(settled.outcome()).as(settled.happened()).isEqualTo(Outcome.RECOVERED);
      assertThat(rig.server("app2").live().equals(standing)).isEqualTo(commits == 1);
    }
  }

  @Test
  void aNewHostAndAnotherOrderDoNotChangeWhatWasDecided() {
    Rig rig = new Rig("app1", "app2");
    released(rig, "v1");
    ReleaseId second = cutOff(rig, "v2", 1);
    rig.joins("app3");
    rig.isOver("app3", "app2", "app1");
    OutcomeReport report = rig.deployments().recover(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.MIXED);
    assertThat(rig.server("app1").live()).contains(second);
    assertThat(rig.server("app2").live()).contains(second);
    ReleaseId third = released(rig, "v3");
    assertThat(rig.servers.all()).allSatisfy(server -> assertThat(server.live()).contains(third));
  }
}
