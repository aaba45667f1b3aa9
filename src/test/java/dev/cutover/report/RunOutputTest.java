package dev.cutover.report;

import static dev.cutover.domain.Health.HEALTHY;
import static dev.cutover.domain.Health.SICK;
import static dev.cutover.domain.Health.UNKNOWN;
import static dev.cutover.domain.ReleaseState.GOOD;
import static dev.cutover.report.Story.NEW;
import static dev.cutover.report.Story.OLD;
import static dev.cutover.report.Story.backOn;
import static dev.cutover.report.Story.on;
import static dev.cutover.report.Story.step;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.Problem;
import dev.cutover.domain.ReleaseState;
import dev.cutover.error.BadParametersException;
import dev.cutover.event.DeployEvent;
import dev.cutover.testkit.time.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a run looks like from its first line to its last. */
class RunOutputTest {

  private final RecordingConsole console = new RecordingConsole();
  private final ConsoleReport report =
      new ConsoleReport(console, Optional.empty(), new ManualClock());

  private Story story(String... hosts) {
    return new Story(report, hosts);
  }

  @Test
  void firstReleaseOnOneHost() {
    Story story =
        story("app1.example.com")
            .start(Goal.RELEASE)
            .tell(
                new DeployEvent.Warning(
                    Optional.empty(),
                    "no health check is configured, so GOOD only means that restart exited 0;"
                        + " add <health> to the configuration or -Ddeploy.health=URL"))
            .untilSwitched(Optional.empty())
            .done("commit", "commit", 30, "")
            .done("finish", "prune", 25, "nothing to remove")
            .done("finish", "unlock", 10, "");
    story.tell(
        new DeployEvent.RunEnded(
            new OutcomeReport(
                Outcome.RELEASED,
                Goal.RELEASE,
                Optional.of(NEW),
                Optional.empty(),
                "1.4.0",
                "9f2c1ab",
                new ManualClock().instant(),
                Duration.ofMillis(4_210),
                List.of(on("app1.example.com", NEW, GOOD, UNKNOWN)),
                List.of(new MigrationState("db", "applied")),
                "",
                "")));
    Golden.check("release-first", console.text());
  }

  @Test
  void releaseOnThreeHosts() {
    Story story =
        story("app1", "app2", "worker-berlin-1")
            .start(Goal.RELEASE)
            .tell(new DeployEvent.WaitingForLock("app1", "ann@laptop", Duration.ZERO))
            .tell(new DeployEvent.WaitingForLock("app1", "ann@laptop", Duration.ofSeconds(10)))
            .tell(
                new DeployEvent.Notice(
                    Optional.of("app2"),
                    "current led to 20261121093012, which another tool made; it is adopted"))
            .connect()
            .planned(Optional.of(OLD))
            .upload(28_800_000)
            .tell(
                new DeployEvent.StepOutput(
                    step("stage", "build"), "app1", "Compiled 12 assets in 0.8s"))
            .tell(
                new DeployEvent.StepOutput(
                    step("stage", "build"), "worker-berlin-1", "Compiled 12 assets in 1.1s"))
            .done("stage", "build", 1_100, "")
            .done("stage", "seal", 95, "5,000 files verified")
            .doneOn("app1", "migrate", "migration db", false, 72_400, "")
            .done("switch", "hook before-switch 1", 120, "")
            .done("switch", "switch", 640, "");
    for (String host : List.of("app1", "app2", "worker-berlin-1")) {
      story.tell(new DeployEvent.StepStarted(Story.HEALTH, host, false));
    }
    story
        .attempt("app1", 1, false, "connection refused")
        .attempt("app2", 1, true, "200")
        .attempt("worker-berlin-1", 1, false, "connection refused")
        .attempt("app1", 2, false, "connection refused")
        .attempt("app1", 3, true, "200")
        .attempt("worker-berlin-1", 2, true, "200");
    for (String host : List.of("app2", "worker-berlin-1", "app1")) {
      story.tell(
          new DeployEvent.StepFinished(Story.HEALTH, host, false, Duration.ofMillis(2_140), ""));
    }
    story
        .done("commit", "commit", 30, "")
        .tell(
            new DeployEvent.Warning(
                Optional.of("app2"), "prune could not remove 20261101080000: Permission denied"))
        .end(
            Outcome.RELEASED,
            Goal.RELEASE,
            81_900,
            "",
            "",
            on("app1", NEW, GOOD, HEALTHY),
            on("app2", NEW, GOOD, HEALTHY),
            on("worker-berlin-1", NEW, GOOD, HEALTHY));
    Golden.check("release-three-hosts", console.text());
  }

  @Test
  void sickReleaseIsPutBack() {
    sick()
        .tell(
            new DeployEvent.RevertStarted(
                "web2: " + Story.URL + " answered 503, 12 tries in 60s", true))
        .undone("switch", "switch", 700, "web2", "web1")
        .undone("migrate", "migration db", 900, "web1")
        .undone("stage", "upload", 40, "web2", "web1")
        .end(
            Outcome.REVERTED,
            Goal.RELEASE,
            75_300,
            "web2: " + Story.URL + " answered 503, 12 tries in 60s",
            "read web2:/srv/shop/.cutover/failed/20261122101500/log/application.log, fix, then:"
                + " mvn deploy:release\nreport: target/deploy/outcome.json",
            List.of(new MigrationState("db", "undone")),
            backOn("web1", OLD),
            backOn("web2", OLD));
    Golden.check("revert", console.text());
  }

  @Test
  void revertThatFailsToo() {
    sick()
        .tell(new DeployEvent.RevertStarted("web2 is not healthy", true))
        .undone("switch", "switch", 700, "web2")
        .fail(
            "web1",
            "switch",
            "switch",
            true,
            120_000,
            "restart: sudo -n systemctl restart shop exited 1\nJob for shop.service failed")
        .end(
            Outcome.REVERT_FAILED,
            Goal.RELEASE,
            198_000,
            "web2: "
                + Story.URL
                + " answered 503, 12 tries in 60s; then web1: sudo -n systemctl restart shop exited"
                + " 1 while putting back 20261121093012",
            "ssh web1, start the service by hand, then: mvn deploy:status\n"
                + "mvn deploy:recover -Ddeploy.target=sftp://deployer@web1:22/srv/shop settles it",
            List.of(new MigrationState("db", "kept")),
            new HostState(
                "web1",
                Optional.of(OLD.value()),
                Optional.of(GOOD),
                SICK,
                "connection refused at " + Story.URL),
            backOn("web2", OLD));
    Golden.check("revert-failed", console.text());
  }

  @Test
  void hostThatWentSilent() {
    story("web1", "web2", "web3")
        .start(Goal.RELEASE)
        .untilSwitched(Optional.of(OLD))
        .end(
            Outcome.OUTCOME_UNKNOWN,
            Goal.RELEASE,
            31_000,
            "web2: the connection fell silent for 15s during switch",
            "",
            on("web1", NEW, ReleaseState.LIVE, HEALTHY),
            new HostState("web2", Optional.empty(), Optional.empty(), UNKNOWN, "not reachable"));
    Golden.check("outcome-unknown", console.text());
  }

  @Test
  void lockHeld() {
    story("app1")
        .start(Goal.RELEASE)
        .connect()
        .tell(new DeployEvent.WaitingForLock("app1", "ann@laptop", Duration.ZERO))
        .tell(new DeployEvent.WaitingForLock("app1", "ann@laptop", Duration.ofSeconds(10)))
        .end(
            Outcome.NOTHING_CHANGED,
            Goal.RELEASE,
            20_100,
            "app1: ann@laptop has been running deploy:release since 10:12 UTC, and still was after"
                + " 20s",
            "wait and run it again, with more patience: mvn deploy:release -Ddeploy.lockWait=10m");
    Golden.check("lock-held", console.text());
  }

  @Test
  void badParameters() {
    BadParametersException bad =
        new BadParametersException(
            List.of(
                new Problem("deploy.keep", "'1' is less than 2, the fewest that can be kept"),
                new Problem(
                    "<hooks><hook>[2]<timeout>",
                    "'ten minutes' is not a duration; write 500ms, 30s, 10m or 1h30m")));
    story()
        .end(
            Outcome.NOTHING_CHANGED,
            Goal.RELEASE,
            12,
            String.valueOf(bad.getMessage()),
            bad.next());
    Golden.check("bad-parameters", console.text());
  }

  @Test
  void rolledBack() {
    story("app1", "app2")
        .start(Goal.ROLLBACK)
        .connect()
        .done("switch", "switch", 640, "")
        .end(
            Outcome.ROLLED_BACK,
            Goal.ROLLBACK,
            1_900,
            "",
            "",
            on("app1", NEW, GOOD, HEALTHY),
            on("app2", NEW, GOOD, HEALTHY));
    Golden.check("rolled-back", console.text());
  }

  @Test
  void alreadyLive() {
    story("app1")
        .start(Goal.RELEASE)
        .connect()
        .end(Outcome.NOTHING_CHANGED, Goal.RELEASE, 600, "", "", on("app1", NEW, GOOD, HEALTHY));
    Golden.check("already-live", console.text());
  }

  private Story sick() {
    return story("web1", "web2")
        .start(Goal.RELEASE)
        .untilSwitched(Optional.of(OLD))
        .tell(new DeployEvent.StepStarted(Story.HEALTH, "web1", false))
        .tell(new DeployEvent.StepStarted(Story.HEALTH, "web2", false))
        .attempt("web1", 1, true, "200")
        .attempt("web2", 1, false, "503")
        .attempt("web2", 2, false, "503")
        .tell(new DeployEvent.StepFinished(Story.HEALTH, "web1", false, Duration.ofMillis(210), ""))
        .tell(
            new DeployEvent.StepFailed(
                Story.HEALTH,
                "web2",
                false,
                Duration.ofSeconds(60),
                Story.URL + " answered 503, 12 tries in 60s"));
  }
}
