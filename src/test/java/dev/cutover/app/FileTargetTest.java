package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Command;
import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Hook;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.domain.Where;
import dev.cutover.event.DeployEvent;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.app.ExampleApp;
import dev.cutover.testkit.app.Patience;
import dev.cutover.testkit.app.Requests;
import dev.cutover.testkit.app.VersionFiles;
import dev.cutover.transport.Host;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.LockRequest;
import dev.cutover.transport.ScriptedHost;
import dev.cutover.transport.local.LocalConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole plugin below its mojos, on this machine: real scripts, real files, real commands. */
class FileTargetTest {

  private final Path temp;
  private final Path root;
  private final ExampleApp app;
  private final List<DeployEvent> events = Collections.synchronizedList(new ArrayList<>());

  FileTargetTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    root = temp.toRealPath().resolve("srv of 'shop'");
    Duration seconds = Duration.ofSeconds(3);
    app =
        new ExampleApp(Requests.target(root), temp)
            .waiting(new Patience(seconds, seconds, Duration.ofMillis(50), 2))
            .with(requests -> requests.keep = 3);
  }

  private Deployments deployments() {
    return Clients.usual(events::add);
  }

  private DeployRequest request(String version) {
    return app.request(version);
  }

  private String live() {
    return ExampleApp.live(root).orElseThrow();
  }

  @Test
  void releasesAreMadeRevertedAndRolledBack() throws IOException {
    OutcomeReport first = deployments().release(request("one"));
    assertThat(first.happened()).isEmpty();
    assertThat(first.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(live()).isEqualTo("one");
    assertThat(app.broken(root)).isEmpty();

    assertThat(deployments().release(request("two")).outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(live()).isEqualTo("two");

    OutcomeReport sick = deployments().release(request("sick three"));
    assertThat(sick.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(sick.happened()).contains(ExampleApp.HEALTHY);
    assertThat(live()).isEqualTo("two");
    assertThat(root.resolve(".cutover/failed").resolve(sick.release().get().value())).exists();

    assertThat(deployments().verify(request("x")).success()).isTrue();
    Files.writeString(root.resolve("current/app.txt"), "meddled");
    assertThat(deployments().verify(request("x")).outcome()).isEqualTo(Outcome.DRIFTED);

    assertThat(deployments().rollback(request("x")).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(live()).isEqualTo("one");
    assertThat(deployments().status(request("x")).success()).isTrue();
    assertThat(deployments().history(request("x")).success()).isTrue();
    assertThat(deployments().check(request("x")).happened()).isEmpty();
    assertThat(Files.readAllLines(root.resolve("revisions.log"))).hasSize(3);
    assertThat(root.resolve(".cutover/lock")).doesNotExist();
  }

  @Test
  void aReleaseIsKnownAsLiveByWhateverPathTheRootIsNamed() throws IOException {
    assertThat(deployments().release(request("one")).success()).isTrue();
    Path first = Files.readSymbolicLink(root.resolve("current"));
    Path other = Files.createSymbolicLink(temp.resolve("other"), root);
    Files.delete(root.resolve("current"));
    Files.createSymbolicLink(
        root.resolve("current"), other.resolve("releases").resolve(first.getFileName()));
    OutcomeReport again = deployments().release(request("one"));
    assertThat(again.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(again.success()).isTrue();
  }

  @Test
  void aRootThatHasMovedIsRolledBackAndSettled() throws IOException {
    assertThat(deployments().release(request("one")).success()).isTrue();
    assertThat(deployments().release(request("two")).success()).isTrue();
    Path moved = Files.move(root, temp.toRealPath().resolve("moved"));
    // The links of its releases to what they share lead to the old place.
    Files.createSymbolicLink(root, moved);
    ExampleApp there = new ExampleApp(Requests.target(moved), temp).waiting(app.patience());
    OutcomeReport back = deployments().rollback(there.request("x"));
    assertThat(back.outcome()).as(back.happened()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(ExampleApp.live(moved)).contains("one");
  }

  @Test
  void aRunThatWasCutOffBeforeItsRootMovedIsTakenBackThere() throws IOException {
    assertThat(deployments().release(request("one")).success()).isTrue();
    assertThat(deployments().release(request("two")).success()).isTrue();
    // As if its client had died right after the switch.
    Path journal = root.resolve(".cutover/journal");
    String records = Files.readString(journal);
    Files.writeString(
        journal,
        records.substring(0, records.indexOf('\n', records.lastIndexOf(" switched ")) + 1));
    Path moved = Files.move(root, temp.toRealPath().resolve("moved"));
    Files.createSymbolicLink(root, moved);
    ExampleApp there = new ExampleApp(Requests.target(moved), temp).waiting(app.patience());
    OutcomeReport settled = deployments().recover(there.request("x"));
    assertThat(settled.outcome()).as(settled.happened()).isEqualTo(Outcome.RECOVERED);
    assertThat(ExampleApp.live(moved)).contains("one");
    assertThat(deployments().release(there.request("three")).success()).isTrue();
    assertThat(ExampleApp.live(moved)).contains("three");
  }

  @Test
  void oneDirectoryUnderTwoNamesIsRefusedByEveryGoalThatActsOnIt() throws IOException {
    assertThat(deployments().release(request("one")).success()).isTrue();
    Path link = Files.createSymbolicLink(temp.resolve("other"), root);
    List<Target> targets = List.of(Requests.target(root), Requests.target(link));
    DeployRequest both =
        new ExampleApp(targets, temp, app.files(), app.patience(), app.options()).request("two");
    List<String> before = journalWithoutLocks();
    for (Goal goal :
        List.of(Goal.RELEASE, Goal.STAGE, Goal.ACTIVATE, Goal.ROLLBACK, Goal.PRUNE, Goal.DISCARD)) {
      assertOneDirectory(Clients.run(deployments(), goal, both), link);
    }
    assertOneDirectory(deployments().recover(both), link);
    assertOneDirectory(deployments().plan(both), link);
    OutcomeReport checked = deployments().check(both);
    assertThat(checked.success()).isFalse();
    assertThat(checked.hosts().get(1).message()).contains("are one directory");
    assertThat(live()).isEqualTo("one");
    assertThat(root.resolve(".cutover/staging")).isEmptyDirectory();
    assertThat(root.resolve(".cutover/lock")).doesNotExist();
    assertThat(journalWithoutLocks()).isEqualTo(before);
  }

  private void assertOneDirectory(OutcomeReport report, Path link) {
    assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(report.success()).isFalse();
    assertThat(report.happened())
        .contains("are one directory", root.toUri().toString(), link.toUri().toString());
  }

  /** All that was written to the journal, but for the beginnings and ends of runs. */
  private List<String> journalWithoutLocks() throws IOException {
    return Files.readAllLines(root.resolve(".cutover/journal")).stream()
        .filter(line -> !line.isBlank() && !line.matches(".* (run-started|run-ended) .*"))
        .toList();
  }

  @Test
  void aStepOfTheClockDoesNotTakeALiveRunsLock() throws IOException {
    Target target = Requests.target(root);
    LockRequest asked =
        new LockRequest(
            "00000000000000a1", "eve@laptop", Goal.RELEASE, List.of(target.url()), target.url());
    try (Host host = new ScriptedHost(target, new LocalConnection())) {
      LockReply.Granted lock =
          (LockReply.Granted) host.lock(asked, new FactsQuery(target.root(), Shared.NONE));
      try (Host.Lease lease = host.hold(lock.facts().layout(), lock.token())) {
        Instant earlier = Instant.now().minusSeconds(3600);
        Files.setLastModifiedTime(root.resolve(".cutover/alive"), FileTime.from(earlier));
        OutcomeReport report =
            deployments()
                .release(
                    app.with(requests -> requests.lockWait = Duration.ofSeconds(2)).request("one"));
        assertThat(report.happened()).contains("the lock is held by eve@laptop");
        assertThat(lease.held()).isTrue();
      }
    }
  }

  @Test
  void nothingOfTheRunStaysBehindOnTheHost() throws Exception {
    Path runs = root.resolve(".cutover/runs");
    file(runs.resolve("1/restart/out"), "of a run that was cut off");
    assertThat(deployments().release(request("one")).success()).isTrue();
    assertThat(runs).isEmptyDirectory();
    // The clock of a command must not outlive it: in time its process group is another's.
    for (int i = 0; working(runs) && i < 50; i++) {
      Thread.sleep(50);
    }
    assertThat(working(runs)).isFalse();
  }

  private static boolean working(Path runs) {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().arguments().stream().flatMap(Arrays::stream))
        .anyMatch(argument -> argument.startsWith(runs.toString()));
  }

  private static void file(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void stagedReleasesWaitToBeActivated() throws IOException {
    assertThat(deployments().stage(request("one")).outcome()).isEqualTo(Outcome.STAGED);
    assertThat(root.resolve("current")).doesNotExist();
    assertThat(deployments().activate(request("one")).outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(live()).isEqualTo("one");
  }

  @Test
  void whatIsNotWholeIsNotMadeLive() throws IOException {
    assertThat(deployments().release(request("one")).success()).isTrue();
    Path first = root.resolve("current").toRealPath();
    assertThat(deployments().release(request("two")).success()).isTrue();
    Files.delete(first.resolve(VersionFiles.part(0)));
    Files.delete(first.resolve("bin/run"));
    OutcomeReport back = deployments().rollback(request("x"));
    assertThat(back.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(back.success()).isFalse();
    assertThat(back.happened()).contains("missing: bin/run, " + VersionFiles.part(0));
    assertThat(live()).isEqualTo("two");

    ReleaseId waiting = deployments().stage(request("three")).release().orElseThrow();
    Path staged = root.resolve(".cutover/staging").resolve(waiting.value());
    Files.writeString(staged.resolve(VersionFiles.APP), "altered");
    OutcomeReport activated = deployments().activate(request("x"));
    assertThat(activated.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(activated.happened()).contains("changed: " + VersionFiles.APP);
    assertThat(staged).isDirectory();
    assertThat(live()).isEqualTo("two");
  }

  @Test
  void ofTheStagedReleasesTheNewestStayAndOneIsRemovedByItsName() throws IOException {
    Path staging = root.resolve(".cutover/staging");
    List<String> ids = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      OutcomeReport staged =
          deployments().stage(app.with(requests -> requests.keep = 7).request("v" + i));
      assertThat(staged.outcome()).as(staged.happened()).isEqualTo(Outcome.STAGED);
      ids.add(staged.release().orElseThrow().value());
    }
    OutcomeReport pruned = deployments().prune(request("x"));
    assertThat(pruned.outcome()).as(pruned.happened()).isEqualTo(Outcome.PRUNED);
    assertThat(pruned.hosts().get(0).message())
        .matches("removed " + String.join(", ", ids.subList(0, 4)) + ", [0-9.]+ kB freed.*");
    assertThat(staging).isDirectoryNotContaining(path -> !ids.subList(4, 7).contains(name(path)));

    DeployRequest named =
        app.with(requests -> requests.releaseId = Optional.of(new ReleaseId(ids.get(5))))
            .request("x");
    OutcomeReport discarded = deployments().discard(named);
    assertThat(discarded.outcome()).as(discarded.happened()).isEqualTo(Outcome.PRUNED);
    assertThat(discarded.hosts().get(0).message()).startsWith("removed " + ids.get(5) + ", ");
    assertThat(staging.resolve(ids.get(5))).doesNotExist();
    assertThat(root.resolve(".cutover/manifests").resolve(ids.get(5))).doesNotExist();
    assertThat(deployments().discard(named).success()).isTrue();
    assertThat(deployments().activate(request("x")).outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(live()).isEqualTo("v7");
    assertThat(staging.resolve(ids.get(4))).isDirectory();
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  @Test
  void whatIsMeantForThePluginReachesNoCommand() throws IOException {
    assertThat(System.getenv("CUTOVER_CANARY")).as("set in pom.xml").isNotEmpty();
    Duration limit = Duration.ofSeconds(20);
    String tell = "{ echo reached; env; } >>'" + temp.toRealPath().resolve("%s") + "'";
    ExampleApp told =
        app.with(
            requests -> {
              requests.restart = Optional.of(new Command(tell.formatted("restart"), limit));
              requests.health =
                  new HealthPolicy(
                      List.of(new HealthCheck.Run(tell.formatted("health"))),
                      limit,
                      Duration.ofMillis(50),
                      1);
              requests.hooks =
                  List.of(
                      new Hook(
                          Hook.Point.BEFORE_SWITCH,
                          new Command(tell.formatted("hook"), limit),
                          Optional.empty(),
                          Where.LOCAL));
            });
    assertThat(deployments().release(told.request("one")).outcome()).isEqualTo(Outcome.RELEASED);
    for (String command : List.of("restart", "health", "hook")) {
      assertThat(Files.readAllLines(temp.resolve(command)))
          .as(command)
          .contains("reached")
          .noneMatch(line -> line.startsWith("CUTOVER_"));
    }
  }
}
