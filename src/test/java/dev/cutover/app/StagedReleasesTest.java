package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.event.DeployEvent;
import dev.cutover.testkit.app.Rig;
import dev.cutover.testkit.sim.SimServer;
import dev.cutover.transport.HostOp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of releases that wait to be activated. */
class StagedReleasesTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static ReleaseId released(Rig rig, String content) {
    rig.content = content;
    rig.clock.advance(MINUTE);
    OutcomeReport report = rig.deployments().release(rig.request());
    assertThat(report.outcome()).as(report.happened()).isEqualTo(Outcome.RELEASED);
    return report.release().orElseThrow();
  }

  private static List<ReleaseId> staged(Rig rig, int count) {
    List<ReleaseId> ids = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      rig.content = "staged " + i;
      rig.clock.advance(MINUTE);
      OutcomeReport report = rig.deployments().stage(rig.request());
      assertThat(report.outcome()).as(report.happened()).isEqualTo(Outcome.STAGED);
      ids.add(report.release().orElseThrow());
    }
    return ids;
  }

  private static OutcomeReport discard(Rig rig, ReleaseId id) {
    rig.releaseId = Optional.of(id);
    OutcomeReport report = rig.deployments().discard(rig.request());
    rig.releaseId = Optional.empty();
    return report;
  }

  private static List<ReleaseId> waiting(SimServer server) {
    return server.staging().stream().map(ReleaseId::new).toList();
  }

  private static Optional<ReleaseState> state(SimServer server, ReleaseId id) {
    return HostHistory.of(server.journal()).state(id);
  }

  @Test
  void ofSevenThatWaitPruningLeavesTheNewest() {
    Rig rig = new Rig("app1", "app2");
    rig.keep = 7;
    List<ReleaseId> ids = staged(rig, 7);
    rig.keep = 3;
    OutcomeReport report = rig.deployments().prune(rig.request());
    assertThat(report.outcome()).as(report.happened()).isEqualTo(Outcome.PRUNED);
    assertThat(report.hosts())
        .extracting(HostState::message)
        .allSatisfy(
            message ->
                assertThat(message)
                    .matches(
                        "removed %s, %s, %s, %s, [0-9.]+ k?B freed"
                            .formatted(ids.get(0), ids.get(1), ids.get(2), ids.get(3))));
    for (SimServer server : rig.servers.all()) {
      assertThat(waiting(server)).isEqualTo(ids.subList(4, 7));
      assertThat(ids.subList(0, 4))
          .allSatisfy(id -> assertThat(state(server, id)).contains(ReleaseState.PRUNED));
      assertThat(server.files.list(".cutover/manifests")).hasSize(3);
    }
    assertThat(rig.deployments().prune(rig.request()).outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
  }

  @Test
  void stagingLeavesTheNewestItselfIncluded() {
    Rig rig = new Rig("app1");
    rig.keep = 2;
    List<ReleaseId> ids = staged(rig, 4);
    assertThat(waiting(rig.server("app1"))).isEqualTo(ids.subList(2, 4));
  }

  @Test
  void whatGoesThoughItWasNeverActivatedIsNamedOnEachHost() {
    Rig rig = new Rig("app1", "app2");
    rig.keep = 2;
    List<ReleaseId> ids = staged(rig, 2);
    rig.server("app2").worksIn(".cutover/staging/" + ids.get(0));
    rig.events.clear();
    staged(rig, 1);
    assertThat(rig.events.stream().filter(DeployEvent.Notice.class::isInstance))
        .containsExactly(
            new DeployEvent.Notice(
                Optional.of("app1"),
                "removed %s, staged and never activated: the newest 2 that wait are kept"
                    .formatted(ids.get(0))));
    rig.events.clear();
    rig.keep = 1;
    released(rig, "v1");
    assertThat(rig.events.toString())
        .contains("text=removed %s, staged and never activated".formatted(ids.get(1)));
  }

  @Test
  void aReleaseLeavesTheNewestThatWait() {
    Rig rig = new Rig("app1");
    List<ReleaseId> ids = staged(rig, 4);
    rig.keep = 2;
    released(rig, "v1");
    assertThat(waiting(rig.server("app1"))).isEqualTo(ids.subList(2, 4));
  }

  @Test
  void whatIsActivatedIsNotCountedAmongThoseThatWait() {
    Rig rig = new Rig("app1");
    List<ReleaseId> ids = staged(rig, 4);
    rig.keep = 2;
    rig.releaseId = Optional.of(ids.get(3));
    assertThat(rig.deployments().activate(rig.request()).outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(rig.server("app1").live()).contains(ids.get(3));
    assertThat(waiting(rig.server("app1"))).isEqualTo(ids.subList(1, 3));
  }

  @Test
  void oneIsRemovedByItsNameOnEveryHost() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId live = released(rig, "v1");
    List<ReleaseId> ids = staged(rig, 2);
    OutcomeReport report = discard(rig, ids.get(1));
    assertThat(report.outcome()).as(report.happened()).isEqualTo(Outcome.PRUNED);
    assertThat(report.goal().word()).isEqualTo("discard");
    assertThat(report.hosts())
        .allSatisfy(
            host -> {
              assertThat(host.live()).contains(live.value());
              assertThat(host.message()).matches("removed " + ids.get(1) + ", .* freed");
            });
    assertThat(rig.servers.all())
        .allSatisfy(
            server -> {
              assertThat(waiting(server)).containsExactly(ids.get(0));
              assertThat(state(server, ids.get(1))).contains(ReleaseState.PRUNED);
              assertThat(server.lock()).isEmpty();
            });
    OutcomeReport again = discard(rig, ids.get(1));
    assertThat(again.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(again.success()).isTrue();
  }

  @Test
  void withoutANameThoseThatWaitAreNamed() {
    Rig rig = new Rig("app1");
    OutcomeReport none = rig.deployments().discard(rig.request());
    assertThat(none.success()).isFalse();
    assertThat(none.happened()).contains("is not said; none waits");
    List<ReleaseId> ids = staged(rig, 2);
    OutcomeReport report = rig.deployments().discard(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.success()).isFalse();
    assertThat(report.happened()).contains("these wait: " + ids.get(0) + ", " + ids.get(1));
    assertThat(report.next()).isEqualTo("mvn deploy:discard -Ddeploy.releaseId=ID");
  }

  @Test
  void whatDoesNotWaitIsNotRemovedAndSaidToBeWhatItIs() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId first = released(rig, "v1");
    ReleaseId second = released(rig, "v2");
    rig.health = (host, path) -> path.name().equals(second.value()) ? Health.HEALTHY : Health.SICK;
    rig.content = "sick";
    rig.clock.advance(MINUTE);
    ReleaseId sick = rig.deployments().release(rig.request()).release().orElseThrow();
    List<ReleaseId> ids = staged(rig, 1);
    ReleaseId never = new ReleaseId("20200101000000");
    assertThat(discard(rig, second).happened())
        .contains("app1: release " + second + " is live, not staged; mvn deploy:rollback");
    assertThat(discard(rig, first).happened())
        .contains("release " + first + " is not staged: it is GOOD, in /srv/shop/releases");
    assertThat(discard(rig, sick).happened())
        .contains("release " + sick + " is not staged: it is REVERTED, and not in");
    assertThat(discard(rig, never).happened())
        .contains("release " + never + " is not known on any host; these wait: " + ids.get(0));
    for (ReleaseId id : List.of(first, second, sick, never)) {
      OutcomeReport report = discard(rig, id);
      assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
      assertThat(report.success()).isFalse();
      assertThat(report.next()).startsWith("mvn deploy:");
    }
    assertThat(rig.server("app1").releases()).containsExactly(first, second);
    assertThat(waiting(rig.server("app1"))).isEqualTo(ids);
  }

  @Test
  void oneInWhichAProcessWorksStays() {
    Rig rig = new Rig("app1");
    ReleaseId id = staged(rig, 1).get(0);
    SimServer server = rig.server("app1");
    server.worksIn(".cutover/staging/" + id);
    OutcomeReport report = discard(rig, id);
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.happened()).contains("release " + id + " stays: kept, for a process works");
    assertThat(report.next()).contains("mvn deploy:discard -Ddeploy.releaseId=" + id);
    assertThat(state(server, id)).contains(ReleaseState.SEALED);
    assertThat(server.lock()).isEmpty();
  }

  @Test
  void aHostThatCouldNotRemoveItIsNamedAndTheNextDiscardGoesOn() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId id = staged(rig, 1).get(0);
    rig.server("app2").fails = op -> op instanceof HostOp.Prune;
    OutcomeReport report = discard(rig, id);
    assertThat(report.outcome()).isEqualTo(Outcome.REVERT_FAILED);
    assertThat(report.happened()).contains("app2", "is removed there and cannot be put back");
    assertThat(waiting(rig.server("app2"))).containsExactly(id);
    rig.server("app2").fails = op -> false;
    assertThat(discard(rig, id).outcome()).isEqualTo(Outcome.PRUNED);
    assertThat(rig.servers.all()).allSatisfy(server -> assertThat(waiting(server)).isEmpty());
  }

  @Test
  void aDiscardThatWasCutOffIsDoneAgain() {
    Rig rig = new Rig("app1");
    ReleaseId id = staged(rig, 1).get(0);
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Prune;
    assertThat(discard(rig, id).outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
    server.lost = op -> false;
    // Its files had gone, and that was not written down.
    server.files.move(".cutover/staging/" + id, ".cutover/trash-" + id);
    assertThat(discard(rig, id).outcome()).isEqualTo(Outcome.PRUNED);
    assertThat(state(server, id)).contains(ReleaseState.PRUNED);
    assertThat(server.files.exists(".cutover/trash-" + id)).isFalse();
    assertThat(server.files.list(".cutover/manifests")).isEmpty();
  }

  @Test
  void aReleaseThatWasCutOffIsSettledFirst() {
    Rig rig = new Rig("app1");
    ReleaseId first = released(rig, "v1");
    ReleaseId id = staged(rig, 1).get(0);
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Commit;
    rig.content = "v2";
    rig.deployments().release(rig.request());
    server.lost = op -> false;
    assertThat(discard(rig, id).outcome()).isEqualTo(Outcome.PRUNED);
    assertThat(server.live()).contains(first);
    assertThat(waiting(server)).isEmpty();
  }
}
