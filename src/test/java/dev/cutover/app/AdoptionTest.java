package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Shared;
import dev.cutover.event.DeployEvent;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.app.ExampleApp;
import dev.cutover.testkit.app.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Trees as other tools leave them, adopted by real scripts. */
@Execution(ExecutionMode.CONCURRENT)
class AdoptionTest {

  private final Path temp;
  private final Path root;
  private final List<DeployEvent> events = Collections.synchronizedList(new ArrayList<>());

  AdoptionTest(@TempDir Path temp) throws IOException {
    this.temp = temp.toRealPath();
    root = Files.createDirectories(this.temp.resolve("srv"));
  }

  private void release(String id) throws IOException {
    Path release = Files.createDirectories(root.resolve("releases").resolve(id));
    Files.writeString(release.resolve("app.txt"), id);
  }

  private void current(String link) throws IOException {
    Files.createSymbolicLink(root.resolve("current"), Path.of(link));
  }

  private String live() {
    return ExampleApp.live(root).orElseThrow();
  }

  private List<String> releases() throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve("releases"))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private Deployments deployments() {
    return Clients.usual(events::add);
  }

  private OutcomeReport deploy(String version) {
    return deployments().release(request(version, Optional.empty()));
  }

  private OutcomeReport rollback() {
    return deployments().rollback(request("x", Optional.empty()));
  }

  private OutcomeReport rollback(String id) {
    return deployments().rollback(request("x", Optional.of(new ReleaseId(id))));
  }

  private DeployRequest request(String version, Optional<ReleaseId> id) {
    // What other tools left knows neither of its log directory nor of its health.
    return new ExampleApp(Requests.target(root), temp)
        .with(
            requests -> {
              requests.shared = Shared.NONE;
              requests.restart = Optional.empty();
              requests.health = HealthPolicy.NONE;
              requests.keep = 2;
              requests.releaseId = id;
            })
        .request(version);
  }

  @Test
  void aDeployerTreeWithARelativeLinkIsAdopted() throws IOException {
    release("4");
    release("5");
    current("releases/5");
    Files.createDirectories(root.resolve(".dep"));
    Files.writeString(root.resolve(".dep/latest_release"), "5\n");
    assertThat(deploy("ours").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(live()).isEqualTo("ours");
    assertThat(events.toString()).contains("releases/5, which was not set by us: adopted");
    assertThat(rollback().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(live()).isEqualTo("5");
    // That 4 was ever live is written nowhere.
    OutcomeReport further = rollback();
    assertThat(further.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(further.success()).isFalse();
    assertThat(live()).isEqualTo("5");
    assertThat(rollback("4").outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(live()).isEqualTo("4");
  }

  @Test
  void whatOtherToolsMarkedIsNeverChosen() throws IOException {
    for (String mark : List.of("DEPLOY_UNFINISHED", "BAD_RELEASE", "DIRTY_RELEASE")) {
      clear();
      release("20260101000000");
      release("20260102000000");
      release("20260103000000");
      log("20260101000000", "20260102000000", "20260103000000");
      current(root + "/releases/20260103000000");
      Files.writeString(root.resolve("releases/20260102000000").resolve(mark), "");
      OutcomeReport named = rollback("20260102000000");
      assertThat(named.success()).isFalse();
      assertThat(named.happened()).contains(mark);
      assertThat(live()).isEqualTo("20260103000000");
      assertThat(rollback().outcome()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(live()).isEqualTo("20260101000000");
    }
  }

  @Test
  void aReleaseThatWasNeverLiveIsNotChosen() throws IOException {
    release("20260101000000");
    release("20260102000000");
    release("20260103000000");
    // 02 was cut off before it was logged.
    log("20260101000000", "20260103000000");
    current(root + "/releases/20260103000000");
    assertThat(rollback().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(live()).isEqualTo("20260101000000");
  }

  @Test
  void releasesOfOtherToolsAreNeverRemoved() throws IOException {
    List<String> theirs = List.of("20260101000000", "20260102000000", "20260103000000", "7", "x.z");
    for (String id : theirs) {
      release(id);
    }
    log("20260101000000", "20260102000000", "20260103000000");
    current(root + "/releases/20260103000000");
    // Back onto one of theirs, which then counts as GOOD.
    assertThat(rollback().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    for (int i = 0; i < 5; i++) {
      assertThat(deploy("ours " + i).outcome()).isEqualTo(Outcome.RELEASED);
    }
    assertThat(releases()).containsAll(theirs).hasSize(theirs.size() + 2);
  }

  @Test
  void releasesThatAnotherToolRemovedDoNotCountAsKept() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(deploy("ours " + i).outcome()).isEqualTo(Outcome.RELEASED);
    }
    List<String> ours = releases();
    assertThat(ours).hasSize(2);
    delete(root.resolve("releases").resolve(ours.get(0)));
    assertThat(deploy("more").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(releases()).hasSize(2).contains(ours.get(1));
    // Nothing that belonged to it stays, and it is not told of any more.
    assertThat(root.resolve(".cutover/manifests").resolve(ours.get(0))).doesNotExist();
    assertThat(deployments().status(request("x", Optional.empty())).success()).isTrue();
    assertThat(told()).containsExactlyInAnyOrderElementsOf(releases());
  }

  @Test
  void locksOfOtherToolsAreHonoured() throws IOException {
    for (String lock : List.of(".dep/deploy.lock", "deploy.lock")) {
      clear();
      release("1");
      current("releases/1");
      Path file = root.resolve(lock);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "anna");
      OutcomeReport refused = deploy("ours");
      assertThat(refused.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
      assertThat(refused.success()).isFalse();
      assertThat(refused.happened()).contains(lock);
      assertThat(live()).isEqualTo("1");
      assertThat(file).exists();
      Files.delete(file);
      assertThat(deploy("ours").outcome()).isEqualTo(Outcome.RELEASED);
    }
  }

  @Test
  void aLeftoverLinkOfCapistranoIsRemovedAndNamed() throws IOException {
    release("20260101000000");
    current(root + "/releases/20260101000000");
    Path leftover = root.resolve("releases/current");
    Files.createSymbolicLink(leftover, root.resolve("releases/20260101000000"));
    assertThat(deploy("ours").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(leftover).doesNotExist();
    assertThat(root.resolve("releases/20260101000000/app.txt")).exists();
    assertThat(events.toString()).contains("a leftover of another tool");
  }

  @Test
  void aMinaTreeIsAdopted() throws IOException {
    release("11");
    release("12");
    current(root + "/releases/12");
    assertThat(deploy("ours").outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(rollback().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(live()).isEqualTo("12");
    assertThat(releases()).contains("11", "12");
  }

  /** The releases that the last status named. */
  private List<String> told() {
    return events.stream()
        .filter(DeployEvent.StatusRead.class::isInstance)
        .map(DeployEvent.StatusRead.class::cast)
        .flatMap(read -> read.status().releases().stream())
        .map(release -> release.id().value())
        .toList();
  }

  private void log(String... ids) throws IOException {
    StringBuilder log = new StringBuilder();
    for (String id : ids) {
      log.append("Branch main (at abc1234) deployed as release ").append(id).append(" by anna\n");
    }
    Files.writeString(root.resolve("revisions.log"), log);
  }

  private void clear() throws IOException {
    delete(root);
    Files.createDirectories(root);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
