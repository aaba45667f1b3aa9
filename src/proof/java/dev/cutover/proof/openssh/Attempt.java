package dev.cutover.proof.openssh;

import dev.cutover.app.Deployments;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.journal.Run;
import dev.cutover.testkit.Processes;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.time.Pause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One fault in one scenario: what stands after it, and after the same goal has been run again. */
final class Attempt {

  private static final int DELAY_MILLIS = 30;

  /**
   * Which fault, when.
   *
   * @param at the moment, or the byte, or the millisecond after the goal began
   * @param seed of what is left to chance
   */
  record Case(LinkScenario scenario, LinkFault fault, long at, long seed) {
    @Override
    public String toString() {
      return "%s/%s/%d/%d".formatted(scenario, fault, at, seed);
    }

    static Case parse(String text) {
      String[] parts = text.split("/", -1);
      return new Case(
          LinkScenario.valueOf(parts[0]),
          LinkFault.valueOf(parts[1]),
          Long.parseLong(parts[2]),
          Long.parseLong(parts[3]));
    }
  }

  /**
   * How it went.
   *
   * @param hit whether the fault came before the run had ended
   * @param said how the client that was hit ended by its own word; empty when it was killed
   */
  record Result(
      Case what,
      boolean hit,
      String during,
      Optional<Outcome> said,
      List<String> violations,
      List<String> story) {}

  private final Lane lane;
  private final ClientJvm jvm;
  private final Case what;
  private final LinkScenario scenario;
  private final Random random;
  private final List<String> violations = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private final List<OutcomeReport> first = new ArrayList<>();
  private int goalsDone;
  private boolean hit;
  private String during = "";

  Attempt(Lane lane, ClientJvm jvm, Case what) {
    this.lane = lane;
    this.jvm = jvm;
    this.what = what;
    this.scenario = what.scenario();
    this.random = new Random(what.seed());
  }

  Result run() {
    lane.begin(scenario);
    try (Watcher watcher = new Watcher(lane.tree(), scenario.starts().isEmpty())) {
      switch (what.fault()) {
        case CLIENT_AT_MOMENT, CLIENT_ANY_TIME -> client();
        case COMMAND, SESSION -> struck();
        case CUT -> through(CutProxy.Then.CUTS, Duration.ofSeconds(5));
        case STALL -> through(CutProxy.Then.STALLS, Duration.ofSeconds(1));
      }
      check("after the fault", HostPromises.always(lane.tree(), scenario.starts().isEmpty()));
      truthful();
      again();
      check("while it ran", watcher.violations());
    }
    Optional<Outcome> said =
        first.stream().map(OutcomeReport::outcome).reduce((before, last) -> last);
    return new Result(what, hit, during, said, violations, story);
  }

  private void check(String when, List<String> broken) {
    broken.forEach(one -> violations.add(when + ": " + one));
  }

  private void client() {
    Path output = lane.work().resolve("client.out");
    int moment = what.fault() == LinkFault.CLIENT_AT_MOMENT ? (int) what.at() : 0;
    Process process = jvm.start(lane.order(scenario, moment), output);
    try {
      if (moment == 0) {
        while (process.isAlive() && HostTree.text(output).isEmpty()) {
          Thread.sleep(2);
        }
        process.waitFor(what.at(), TimeUnit.MILLISECONDS);
        process.destroyForcibly();
      }
      if (!process.waitFor(90, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        violations.add("the client hung");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String said = HostTree.text(output);
    story.add("client exited " + process.exitValue() + ": " + said.replace("\n", "; "));
    hit = process.exitValue() == GoalClient.KILLED;
    if (!hit && process.exitValue() != 0 && !scenario.sick()) {
      violations.add("an undisturbed client failed: " + said);
    }
    goalsDone = (int) said.lines().filter(line -> line.startsWith("ended ")).count();
  }

  private void struck() {
    Moments moments =
        new Moments(
            (int) what.at(),
            shell -> {
              Pause.millis(random.nextInt(DELAY_MILLIS));
              if (what.fault() == LinkFault.SESSION) {
                lane.sessions().forEach(ProcessHandle::destroyForcibly);
              } else {
                ProcessHandle.of(shell).ifPresent(ProcessHandle::destroyForcibly);
              }
            });
    goals(lane.reach(), moments);
    during = moments.struck();
    hit = !during.isEmpty();
  }

  private void through(CutProxy.Then then, Duration keepAlive) {
    try (CutProxy proxy = new CutProxy(lane.reach().port(), what.at(), then)) {
      goals(lane.reach().through(proxy.port()).asking(keepAlive), Moments.uneventful());
      hit = proxy.struck();
    }
  }

  private void goals(Reach reach, Moments moments) {
    for (Goal goal : scenario.goals) {
      OutcomeReport report = goal(reach, moments, goal);
      first.add(report);
      if (!report.success()) {
        break;
      }
      goalsDone++;
    }
  }

  private OutcomeReport goal(Reach reach, Moments moments, Goal goal) {
    List<String> warnings = new ArrayList<>();
    Deployments client =
        reach.client(
            moments,
            event -> {
              String text = event.toString();
              if (text.startsWith("Warning") || text.startsWith("Notice")) {
                warnings.add(text);
              }
            },
            "client@proof");
    OutcomeReport report =
        Clients.run(client, goal, lane.app(scenario, reach).request(scenario.version));
    story.add(goal + " ended " + report.outcome() + " " + report.happened() + " " + warnings);
    return report;
  }

  /** What a client that lived on has said must be so. */
  private void truthful() {
    if (first.isEmpty()) {
      return;
    }
    OutcomeReport last = first.get(first.size() - 1);
    boolean switches = last.goal() != Goal.STAGE && last.goal() != Goal.PRUNE;
    Optional<String> expected =
        switch (last.outcome()) {
          case RELEASED, ROLLED_BACK -> scenario.ends();
          case REVERTED, NOTHING_CHANGED -> scenario.starts();
          default -> live();
        };
    if (switches && !live().equals(expected)) {
      violations.add("said %s, but %s is live".formatted(last.outcome(), live()));
    }
    boolean known =
        scenario.outcomes().contains(last.outcome())
            || last.outcome() == Outcome.STAGED
            || last.outcome() == Outcome.OUTCOME_UNKNOWN
            || (!hit && last.success())
            || last.outcome() == Outcome.REVERTED
            || last.outcome() == Outcome.NOTHING_CHANGED;
    if (!known) {
      violations.add("ended as " + last.outcome() + ": " + last.happened());
    }
  }

  private Optional<String> live() {
    return lane.tree().liveVersion();
  }

  /** The same goal again by a new client, undisturbed; then everything must be settled. */
  private void again() {
    boolean locked = Files.isSymbolicLink(lane.tree().state().resolve("lock"));
    boolean complete = goalsDone == scenario.goals.size();
    List<Goal> left =
        complete
            ? scenario.goals.subList(scenario.goals.size() - 1, scenario.goals.size())
            : scenario.goals.subList(goalsDone, scenario.goals.size());
    OutcomeReport report = goal(lane.reach(), Moments.uneventful(), left.get(0));
    for (Goal goal : left.subList(1, left.size())) {
      if (report.success()) {
        report = goal(lane.reach(), Moments.uneventful(), goal);
      }
    }
    check("at the end", HostPromises.always(lane.tree(), scenario.starts().isEmpty()));
    check("at the end", HostPromises.settled(lane.tree()));
    check("at the end, still running", Processes.left(lane.tree().root()));
    // Only now: what the run that was hit had sent may have gone on after its client.
    boolean rolledBack = ended(Goal.ROLLBACK, Outcome.ROLLED_BACK);
    boolean activated = ended(Goal.ACTIVATE, Outcome.RELEASED);
    if (rolledBack && locked && scenario == LinkScenario.ROLLBACK) {
      // All but giving the lock back: the next one is the same one, unless the host still did that.
      if (!live().equals(Optional.of("v1"))) {
        expect(report, scenario.ends());
      }
    } else if (rolledBack && scenario == LinkScenario.ROLLBACK) {
      // It had come to its end before it was asked for again: then it is another one.
      expect(report, Optional.of("v1"));
    } else if (activated) {
      // Nothing waits any more.
      expectLive(scenario.ends());
    } else {
      expect(report, scenario.ends());
    }
    if (scenario == LinkScenario.PRUNE
        && lane.tree().names(lane.tree().root().resolve("releases")).size() != scenario.keep()) {
      violations.add("not pruned");
    }
    if (scenario.full && lane.tree().lines("shared/config/app.properties").size() != 1) {
      violations.add("a shared file was touched");
    }
  }

  /** Whether a run before the last one came to this end by itself. */
  private boolean ended(Goal goal, Outcome outcome) {
    List<Run> runs = lane.tree().history().runs();
    return runs.subList(0, Math.max(0, runs.size() - 1)).stream()
        .filter(run -> run.started().goal() == goal)
        .filter(run -> run.endedBy().equals(OptionalLong.of(run.seq())))
        .map(Run::end)
        .anyMatch(end -> end.filter(outcome::equals).isPresent());
  }

  private void expect(OutcomeReport report, Optional<String> version) {
    boolean done = report.outcome() == Outcome.NOTHING_CHANGED && report.success();
    if (!scenario.outcomes().contains(report.outcome()) && (!done || scenario.sick())) {
      violations.add("again: %s %s".formatted(report.outcome(), report.happened()));
    }
    expectLive(version);
  }

  private void expectLive(Optional<String> version) {
    if (!live().equals(version)) {
      violations.add("again: live is " + live() + ", not " + version);
    }
  }

  /** For a replay: what the host has written down. */
  static String tell(Result result, HostTree tree) {
    StringBuilder text = new StringBuilder(result.what().toString());
    text.append(result.hit() ? " hit " : " missed ").append(result.during()).append('\n');
    result.violations().forEach(one -> text.append("  VIOLATION ").append(one).append('\n'));
    result.story().forEach(one -> text.append("  ").append(one).append('\n'));
    tree.journalText()
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> text.append("    ").append(line).append('\n'));
    return text.toString();
  }
}
