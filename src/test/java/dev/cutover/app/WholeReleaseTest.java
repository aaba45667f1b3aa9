package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Command;
import dev.cutover.domain.Health;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.event.DeployEvent;
import dev.cutover.testkit.app.Rig;
import dev.cutover.testkit.sim.SimServer;
import dev.cutover.transport.HostOp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A release is whole before it serves; where there is no choice, what is not whole is named. */
class WholeReleaseTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String JAR = "/shop.jar";

  private static ReleaseId released(Rig rig, String content) {
    rig.content = content;
    rig.clock.advance(MINUTE);
    OutcomeReport report = rig.deployments().release(rig.request());
    assertThat(report.outcome()).as(report.happened()).isEqualTo(Outcome.RELEASED);
    return report.release().orElseThrow();
  }

  private static ReleaseId staged(Rig rig, String content) {
    rig.content = content;
    rig.clock.advance(MINUTE);
    return rig.deployments().stage(rig.request()).release().orElseThrow();
  }

  private static List<String> warnings(Rig rig) {
    return rig.events.stream()
        .filter(DeployEvent.Warning.class::isInstance)
        .map(event -> ((DeployEvent.Warning) event).text())
        .toList();
  }

  private static List<String> notices(Rig rig) {
    return rig.events.stream()
        .filter(DeployEvent.Notice.class::isInstance)
        .map(event -> ((DeployEvent.Notice) event).text())
        .toList();
  }

  @Test
  void aRollbackToAHalfDeletedReleaseIsRefusedOnAllHostsAndNamesWhatIsMissing() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId first = released(rig, "v1");
    ReleaseId second = released(rig, "v2");
    rig.server("app2").files.delete("releases/" + first + JAR);
    List<String> commands = List.copyOf(rig.server("app1").commands);
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.success()).isFalse();
    assertThat(report.happened())
        .contains(
            "app2: release %s is not as it was sealed: missing: shop.jar".formatted(first),
            "what was live is live, " + second)
        .doesNotContain("app1");
    assertThat(report.next())
        .contains("mvn deploy:rollback -Ddeploy.releaseId=" + first + " -Ddeploy.force");
    assertThat(rig.servers.all())
        .allSatisfy(
            server -> {
              assertThat(server.live()).contains(second);
              assertThat(server.lock()).isEmpty();
            });
    assertThat(rig.server("app1").commands).isEqualTo(commands);
  }

  @Test
  void whoForcesARollbackToADamagedReleaseGetsItWithAWarning() {
    Rig rig = new Rig("app1");
    ReleaseId first = released(rig, "v1");
    released(rig, "v2");
    rig.server("app1").files.write("releases/" + first + JAR, "meddled");
    rig.force = true;
    OutcomeReport report = rig.deployments().rollback(rig.request());
    assertThat(report.outcome()).as(report.happened()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(rig.server("app1").live()).contains(first);
    assertThat(warnings(rig))
        .singleElement()
        .asString()
        .contains("changed: shop.jar", "it goes live all the same");
  }

  @Test
  void whatAnApplicationWroteBesideItsFilesKeepsNobodyFromGoingBack() {
    Rig rig = new Rig("app1");
    ReleaseId first = released(rig, "v1");
    released(rig, "v2");
    rig.server("app1").files.write("releases/" + first + "/cache", "of the application");
    assertThat(rig.deployments().rollback(rig.request()).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(notices(rig)).contains("release " + first + " is whole; added: cache");
    assertThat(warnings(rig)).isEmpty();
  }

  @Test
  void aReleaseWithoutAManifestIsNotRefused() {
    Rig rig = new Rig("app1");
    ReleaseId first = released(rig, "v1");
    released(rig, "v2");
    rig.server("app1").files.delete(".cutover/manifests/" + first);
    assertThat(rig.deployments().rollback(rig.request()).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(notices(rig))
        .contains("release " + first + " has no manifest that it could be compared with");
  }

  @Test
  void aStagedReleaseThatWasAlteredIsNotActivated() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId first = released(rig, "v1");
    rig.migrations =
        List.of(
            new Migration(
                "db", new Command("up", MINUTE), Optional.empty(), Optional.empty(), Where.FIRST));
    ReleaseId waiting = staged(rig, "v2");
    SimServer two = rig.server("app2");
    two.files.write(".cutover/staging/" + waiting + "/more", "x");
    two.files.write(".cutover/staging/" + waiting + JAR, "altered");
    OutcomeReport report = rig.deployments().activate(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.success()).isFalse();
    assertThat(report.happened())
        .contains("app2: release " + waiting, "changed: shop.jar; added: more");
    assertThat(report.next())
        .contains(
            "mvn deploy:stage",
            "mvn deploy:activate -Ddeploy.releaseId=" + waiting + " -Ddeploy.force");
    assertThat(rig.servers.all())
        .allSatisfy(
            server -> {
              assertThat(server.live()).contains(first);
              assertThat(server.staging()).containsExactly(waiting.value());
              assertThat(HostHistory.of(server.journal()).state(waiting))
                  .contains(ReleaseState.SEALED);
              assertThat(server.commands).noneMatch(command -> command.contains("-up"));
            });
    rig.force = true;
    rig.releaseId = Optional.of(waiting);
    assertThat(rig.deployments().activate(rig.request()).outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(two.live()).contains(waiting);
  }

  @Test
  void aStagedReleaseWithoutItsManifestIsNotActivated() {
    Rig rig = new Rig("app1");
    ReleaseId waiting = staged(rig, "v1");
    rig.server("app1").files.delete(".cutover/manifests/" + waiting);
    OutcomeReport report = rig.deployments().activate(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.happened()).contains("has no manifest any more");
    assertThat(rig.server("app1").staging()).containsExactly(waiting.value());
  }

  @Test
  void aRevertOntoADamagedReleaseGoesOnAndSaysSo() {
    Rig rig = new Rig("app1", "app2");
    ReleaseId first = released(rig, "v1");
    rig.server("app2").files.delete("releases/" + first + JAR);
    rig.health = (host, path) -> path.name().equals(first.value()) ? Health.HEALTHY : Health.SICK;
    rig.content = "v2";
    OutcomeReport report = rig.deployments().release(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(rig.servers.all()).allSatisfy(server -> assertThat(server.live()).contains(first));
    assertThat(report.hosts())
        .extracting(HostState::message)
        .containsExactly(
            "back on " + first,
            "back on " + first + ", which is not as it was sealed: missing: shop.jar");
    assertThat(warnings(rig))
        .containsExactly(
            "what is live again, %s, is not as it was sealed: missing: shop.jar".formatted(first));
  }

  @Test
  void aRecoveryToADamagedReleaseGoesOnAndSaysSo() {
    Rig rig = new Rig("app1");
    ReleaseId first = released(rig, "v1");
    SimServer server = rig.server("app1");
    server.lost = op -> op instanceof HostOp.Commit;
    rig.content = "v2";
    assertThat(rig.deployments().release(rig.request()).outcome())
        .isEqualTo(Outcome.OUTCOME_UNKNOWN);
    server.lost = op -> false;
    server.files.delete("releases/" + first + JAR);
    OutcomeReport report = rig.deployments().recover(rig.request());
    assertThat(report.outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(server.live()).contains(first);
    assertThat(report.hosts())
        .extracting(HostState::message)
        .containsExactly("what is live is not as it was sealed: missing: shop.jar");
    assertThat(warnings(rig)).anyMatch(text -> text.contains("missing: shop.jar"));
  }

  @Test
  void ofManyFilesSomeAreNamed() {
    Rig rig = new Rig("app1");
    ReleaseId waiting = staged(rig, "v1");
    for (int i = 0; i < 1_200; i++) {
      rig.server("app1").files.write(".cutover/staging/" + waiting + "/more-" + (1_000 + i), "x");
    }
    assertThat(rig.deployments().activate(rig.request()).happened())
        .contains("added: more-1000, more-1001", "more-1004 and 1,195 more")
        .doesNotContain("more-1005");
  }
}
