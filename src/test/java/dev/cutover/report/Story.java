package dev.cutover.report;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.Identity;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.event.DeployEvent;
import dev.cutover.event.DeployListener;
import dev.cutover.event.StepRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells a listener the events of a run, in the order an engine would. */
final class Story {

  static final ReleaseId NEW = new ReleaseId("20261122101500");
  static final ReleaseId OLD = new ReleaseId("20261121093012");
  static final Identity SHOP = new Identity("com.example:shop", "1.4.0", "9f2c1ab");
  static final String URL = "GET http://localhost:8080/actuator/health";
  static final StepRef HEALTH = step("health", "health");

  private final DeployListener listener;
  private final List<String> hosts;

  Story(DeployListener listener, String... hosts) {
    this.listener = listener;
    this.hosts = List.of(hosts);
  }

  static StepRef step(String stage, String name) {
    return new StepRef(stage, name);
  }

  Story tell(DeployEvent event) {
    listener.on(event);
    return this;
  }

  Story start(Goal goal) {
    return tell(new DeployEvent.RunStarted(goal, SHOP, hosts));
  }

  Story connect() {
    int millis = 180;
    for (String host : hosts) {
      tell(new DeployEvent.Connected(host, Duration.ofMillis(millis)));
      millis += 35;
    }
    return this;
  }

  Story planned(Optional<ReleaseId> previous) {
    return tell(new DeployEvent.Planned(Optional.of(NEW), previous));
  }

  Story done(String stage, String name, int millis, String note) {
    hosts.forEach(host -> doneOn(host, stage, name, false, millis, note));
    return this;
  }

  Story undone(String stage, String name, int millis, String... on) {
    for (String host : on) {
      doneOn(host, stage, name, true, millis, "");
    }
    return this;
  }

  Story doneOn(String host, String stage, String name, boolean undo, int millis, String note) {
    StepRef step = step(stage, name);
    tell(new DeployEvent.StepStarted(step, host, undo));
    return tell(new DeployEvent.StepFinished(step, host, undo, Duration.ofMillis(millis), note));
  }

  Story fail(String host, String stage, String name, boolean undo, int millis, String why) {
    StepRef step = step(stage, name);
    tell(new DeployEvent.StepStarted(step, host, undo));
    return tell(new DeployEvent.StepFailed(step, host, undo, Duration.ofMillis(millis), why));
  }

  Story upload(long bytes) {
    StepRef upload = step("stage", "upload");
    for (String host : hosts) {
      tell(new DeployEvent.StepStarted(upload, host, false));
      tell(new DeployEvent.StepProgress(upload, host, bytes, bytes));
      tell(new DeployEvent.StepFinished(upload, host, false, Duration.ofMillis(310), ""));
    }
    return this;
  }

  Story attempt(String host, int number, boolean healthy, String detail) {
    return tell(new DeployEvent.HealthAttempted(HEALTH, host, URL, number, healthy, detail));
  }

  /** The run up to and without its health checks. */
  Story untilSwitched(Optional<ReleaseId> previous) {
    connect().planned(previous).upload(1_234_567);
    done("stage", "assemble", 20, "").done("stage", "seal", 95, "20 files verified");
    doneOn(hosts.get(0), "migrate", "migration db", false, 1_840, "");
    return done("activate", "publish", 15, "").done("switch", "switch", 640, "");
  }

  Story end(
      Outcome outcome, Goal goal, int millis, String happened, String next, HostState... states) {
    return end(outcome, goal, millis, happened, next, List.of(), states);
  }

  Story end(
      Outcome outcome,
      Goal goal,
      int millis,
      String happened,
      String next,
      List<MigrationState> migrations,
      HostState... states) {
    boolean mutating = goal == Goal.RELEASE || goal == Goal.ROLLBACK;
    boolean identified = mutating && states.length > 0;
    return tell(
        new DeployEvent.RunEnded(
            new OutcomeReport(
                outcome,
                goal,
                identified ? Optional.of(NEW) : Optional.empty(),
                identified ? Optional.of(OLD) : Optional.empty(),
                SHOP.version(),
                SHOP.revision(),
                Instant.parse("2026-11-22T10:15:00Z"),
                Duration.ofMillis(millis),
                List.of(states),
                migrations,
                happened,
                next)));
  }

  /** Where a switch was taken back. */
  static HostState backOn(String host, ReleaseId live) {
    return new HostState(
        host,
        Optional.of(live.value()),
        Optional.of(ReleaseState.GOOD),
        Health.HEALTHY,
        "back on " + live);
  }

  static HostState on(String host, ReleaseId live, ReleaseState state, Health health) {
    return new HostState(host, Optional.of(live.value()), Optional.of(state), health, "");
  }
}
