package dev.cutover.report;

import static dev.cutover.report.Story.NEW;
import static dev.cutover.report.Story.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.HistoryLine;
import dev.cutover.domain.HostStatus;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.PlanView;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.event.DeployEvent;
import dev.cutover.testkit.time.ManualClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the goals that only read print. */
class ReadOutputTest {

  private static final Instant THEN = Instant.parse("2026-11-21T09:30:12Z");

  private final RecordingConsole console = new RecordingConsole();
  private final ConsoleReport report =
      new ConsoleReport(console, Optional.empty(), new ManualClock());

  private void check(String golden) {
    Golden.check(golden, console.text());
    assertThat(console.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(102));
  }

  @Test
  void status() {
    new Story(report, "app1", "app2", "app3")
        .start(Goal.STATUS)
        .tell(
            new DeployEvent.StatusRead(
                new HostStatus(
                    "app1",
                    new RemotePath("/srv/shop"),
                    Optional.of(NEW.value()),
                    "1.4.0",
                    "9f2c1ab",
                    Health.HEALTHY,
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    List.of(
                        new HostStatus.Release(NEW, ReleaseState.GOOD, "1.4.0", "9f2c1ab", true),
                        new HostStatus.Release(OLD, ReleaseState.GOOD, "1.3.0", "77ab01c", false),
                        new HostStatus.Release(
                            new ReleaseId("20261120070000"),
                            ReleaseState.WITHDRAWN,
                            "1.3.0-rc1",
                            "0d0d0d0",
                            false)),
                    List.of(new MigrationState("db", "applied")),
                    12_400_000_000L,
                    1_204_333)))
        .tell(
            new DeployEvent.StatusRead(
                new HostStatus(
                    "app2",
                    new RemotePath("/srv/shop"),
                    Optional.of(OLD.value()),
                    "1.3.0",
                    "77ab01c",
                    Health.SICK,
                    "GET http://localhost:8080/actuator/health answered 503",
                    Optional.of(
                        new HostStatus.Lock("ann@laptop", "release", Optional.of(THEN), false)),
                    Optional.of(
                        new HostStatus.Unfinished(
                            "release", "ann@laptop", THEN, false, "mvn deploy:recover")),
                    List.of(
                        new HostStatus.Release(NEW, ReleaseState.LIVE, "1.4.0", "9f2c1ab", false),
                        new HostStatus.Release(OLD, ReleaseState.GOOD, "1.3.0", "77ab01c", true)),
                    List.of(),
                    980_000_000L,
                    Long.MAX_VALUE)))
        .tell(
            new DeployEvent.StatusRead(
                new HostStatus(
                    "app3",
                    new RemotePath("/home/deployer/shop"),
                    Optional.empty(),
                    "",
                    "",
                    Health.UNKNOWN,
                    "",
                    Optional.of(
                        new HostStatus.Lock("ci@runner-7", "stage", Optional.of(THEN), true)),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Long.MAX_VALUE,
                    1)))
        .end(Outcome.NOTHING_CHANGED, Goal.STATUS, 410, "", "");
    check("status");
  }

  @Test
  void history() {
    new Story(report, "app1", "app2")
        .start(Goal.HISTORY)
        .tell(
            new DeployEvent.HistoryRead(
                "app1",
                List.of(
                    line("release", Optional.empty(), OLD, "1.3.0", Outcome.RELEASED),
                    line("release", Optional.of(OLD), NEW, "1.4.0", Outcome.REVERT_FAILED),
                    new HistoryLine(
                        THEN.plusSeconds(90_000),
                        "ci@runner-7",
                        "rollback",
                        Optional.of(NEW.value()),
                        Optional.empty(),
                        "",
                        Optional.empty()))))
        .tell(new DeployEvent.HistoryRead("app2", List.of()))
        .end(Outcome.NOTHING_CHANGED, Goal.HISTORY, 380, "", "");
    check("history");
  }

  private static HistoryLine line(
      String goal, Optional<ReleaseId> from, ReleaseId to, String version, Outcome outcome) {
    return new HistoryLine(
        to.instant().orElseThrow(),
        "ann@laptop",
        goal,
        from.map(ReleaseId::value),
        Optional.of(to.value()),
        version,
        Optional.of(outcome));
  }

  @Test
  void plan() {
    List<String> all = List.of("app1", "app2");
    new Story(report, "app1", "app2")
        .start(Goal.PLAN)
        .tell(
            new DeployEvent.PlanMade(
                new PlanView(
                    List.of(
                        new PlanView.Step(
                            "stage",
                            "upload",
                            all,
                            "send 20 files, 1.2 MB to .cutover/staging/20261122101500",
                            "remove them"),
                        new PlanView.Step(
                            "stage",
                            "seal",
                            all,
                            "check every file against the manifest, make it durable",
                            ""),
                        new PlanView.Step(
                            "migrate",
                            "migration db",
                            List.of("app1"),
                            "run: bundle exec rake db:migrate",
                            "run: bundle exec rake db:migrate VERSION=$MIGRATION_FROM"),
                        new PlanView.Step(
                            "switch",
                            "switch",
                            all,
                            "move it to releases/20261122101500, switch current to it, then restart:"
                                + " sudo -n systemctl restart shop",
                            "switch back to 20261121093012, restart, check health")))))
        .end(Outcome.NOTHING_CHANGED, Goal.PLAN, 380, "", "mvn deploy:release");
    check("plan");
  }

  @Test
  void checkOfHosts() {
    new Story(report, "app1", "app2")
        .start(Goal.CHECK)
        .tell(
            new DeployEvent.Checked(
                "app1", List.of(), List.of("logged in as deployer, key SHA256:abc, tools: linux")))
        .tell(
            new DeployEvent.Checked(
                "app2",
                List.of(
                    "flock is missing; install it (Debian: util-linux) or perl 5",
                    "shared/config/application.properties does not exist; put it there by hand"
                        + " before the first release, it is linked into each one"),
                List.of("12.4 GB free")))
        .end(
            Outcome.NOTHING_CHANGED,
            Goal.CHECK,
            900,
            "app2 is not ready: 2 problems",
            "mend what is listed above, then: mvn deploy:check");
    check("check");
  }

  @Test
  void verify() {
    new Story(report, "app1", "app2")
        .start(Goal.VERIFY)
        .tell(new DeployEvent.DriftRead("app1", NEW.value(), List.of(), List.of(), List.of()))
        .tell(
            new DeployEvent.DriftRead(
                "app2",
                NEW.value(),
                List.of("config/application.yml"),
                List.of("bin/shop"),
                IntStream.range(0, 23).mapToObj("log/app.%d.log"::formatted).toList()))
        .end(
            Outcome.DRIFTED,
            Goal.VERIFY,
            1_250,
            "app2: 25 files of 20261122101500 are not as they were released",
            "look at them, then release again: mvn deploy:release -Ddeploy.force",
            Story.on("app1", NEW, ReleaseState.GOOD, Health.HEALTHY),
            Story.on("app2", NEW, ReleaseState.GOOD, Health.HEALTHY));
    check("verify");
  }
}
