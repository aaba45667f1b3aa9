package dev.cutover.proof.memory;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.testkit.sim.Mishap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One scenario in a world of its own: runs with faults, then runs without. */
final class Trial {

  /** Hears nothing. */
  static final Consumer<String> SILENT = text -> {};

  private static final Duration LONG = Duration.ofMinutes(10);

  /** Outcomes that name what they leave behind: a person looks at that. */
  private static final Set<Outcome> EXCEPTIONS =
      Set.of(Outcome.REVERT_FAILED, Outcome.IN_DOUBT, Outcome.MIXED);

  private boolean excepted;
  private final SimScenario scenario;
  private final World world;
  private final Consumer<String> trace;

  Trial(SimScenario scenario, World world, Consumer<String> trace) {
    this.scenario = scenario;
    this.world = world;
    this.trace = trace;
  }

  World world() {
    return world;
  }

  /**
   * A run that meets faults. It may die, and may end in whatever way, as long as what it tells is
   * true.
   */
  SimClient disturbed(SimFault... faults) {
    SimClient client = disturbed(List.of(faults), Turn.ALONE);
    if (List.of(faults).stream().anyMatch(fault -> fault.kind() == Mishap.FORGOTTEN)) {
      world.advance(LONG);
      if (scenario.watched() && world.watchdogMeets.isEmpty()) {
        Truth.of(world).watched();
      }
    }
    return client;
  }

  /** The same, beside other clients. What it tells counts when nobody came after it. */
  SimClient disturbed(List<SimFault> faults, Turn turn) {
    trace.accept("deploy:" + scenario.goal().word() + " with " + faults);
    SimClient client = new SimClient(world, faults, turn, trace);
    Optional<OutcomeReport> report = run(client);
    report.filter(told -> client.wasLast()).ifPresent(Truth.of(world)::told);
    excepted |= report.filter(told -> EXCEPTIONS.contains(told.outcome())).isPresent();
    return client;
  }

  /** The same goal again, undisturbed: it must end as is written. */
  SimClient undisturbed() {
    world.hosts.calm();
    trace.accept("deploy:" + scenario.goal().word() + " undisturbed");
    Truth.Before before = Truth.of(world).before();
    SimClient client = new SimClient(world, List.of(), Turn.ALONE, trace);
    OutcomeReport report = run(client).orElseThrow(() -> new Violation("it died by itself"));
    if (excepted) {
      Truth.of(world).free();
    } else {
      Truth.of(world).told(report);
      Truth.of(world).settled(scenario, report, before);
    }
    return client;
  }

  /** Runs the goal; empty when the client died. */
  private Optional<OutcomeReport> run(SimClient client) {
    try {
      OutcomeReport report = scenario.run(client);
      trace.accept(
          "  ended: %s, success %s: %s"
              .formatted(report.outcome(), report.success(), report.happened()));
      return client.dead() ? Optional.empty() : Optional.of(report);
    } catch (Throwable e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof Violation violation) {
          throw violation;
        }
      }
      if (client.dead()) {
        trace.accept("  died");
        return Optional.empty();
      }
      throw e;
    }
  }
}
