package dev.cutover.proof.memory;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.RunEnded;
import dev.cutover.testkit.sim.Machine;
import dev.cutover.testkit.sim.SimDisk.View;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether what a run told is true, and whether everything is as it should be in the end. */
final class Truth {

  private static final String STAGING = ".cutover/staging";

  private final World world;

  private Truth(World world) {
    this.world = world;
  }

  static Truth of(World world) {
    return new Truth(world);
  }

  /**
   * What stood before the last run.
   *
   * @param complete whether no run was left to be settled
   * @param live contents, by machine
   */
  record Before(boolean complete, List<String> live) {}

  Before before() {
    boolean complete =
        world.machines().stream()
            .allMatch(m -> m.lock().isEmpty() && history(m).unfinished("").isEmpty());
    return new Before(complete, live());
  }

  private List<String> live() {
    return world.machines().stream()
        .map(m -> world.of(m).content(m.current(View.NOW).orElse("")))
        .toList();
  }

  private static HostHistory history(Machine machine) {
    return HostHistory.of(new Journal(machine.journal(View.NOW)));
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new Violation(what);
    }
  }

  /** What a run told of itself. */
  void told(OutcomeReport report) {
    switch (report.outcome()) {
      case RELEASED -> {
        require(
            report.release().map(ReleaseId::value).equals(decided()), report + " is not decided");
        serves(report);
        healthy(report);
      }
      // Settling goes back to what was live, also when that does not come up again.
      case ROLLED_BACK -> serves(report);
      case REVERTED -> serves(report);
      case NOTHING_CHANGED -> {
        if (report.success()) {
          serves(report);
        }
        if (report.success() && report.goal() == Goal.RELEASE) {
          healthy(report);
        }
      }
      default -> {
        // Nothing is claimed, or nothing that is live.
      }
    }
  }

  /**
   * The last decision that is on the coordinator's disk and was not taken back by its own run: what
   * should be live everywhere.
   */
  private Optional<String> decided() {
    List<Journal.Line> lines = world.machines().get(0).journal(View.KEPT);
    Set<String> takenBack = new HashSet<>();
    for (int i = lines.size() - 1; i >= 0; i--) {
      JournalEntry entry = lines.get(i).entry();
      if (entry instanceof RunEnded end && end.outcome() == Outcome.REVERTED) {
        takenBack.add(end.runId());
      } else if (entry instanceof Committed decision && !takenBack.contains(decision.runId())) {
        return decision.id().map(ReleaseId::value);
      }
    }
    return Optional.empty();
  }

  private void serves(OutcomeReport report) {
    Optional<String> decided = decided();
    for (Machine machine : world.machines()) {
      String where = report.outcome() + " is told, and on " + machine.target().host() + " ";
      for (View view : View.values()) {
        Optional<String> live = machine.current(view);
        require(live.equals(decided), where + live + " is live (" + view + "), decided " + decided);
      }
      require(
          world.of(machine).app.equals(decided.orElse("")),
          where + "the app runs '" + world.of(machine).app + "', decided " + decided);
    }
  }

  private void healthy(OutcomeReport report) {
    for (Machine machine : world.machines()) {
      require(
          world.healthy(machine),
          report.outcome() + " is told, and on " + machine.target().host() + " the app is sick");
    }
  }

  /** A client was lost for long beside a watchdog: what was decided is live again. */
  void watched() {
    for (Machine machine : world.machines()) {
      String where = "long after the client was lost, on " + machine.target().host() + " ";
      Optional<String> live = machine.current(View.NOW);
      require(live.equals(decided()), where + live + " is live, decided " + decided());
      require(
          world.of(machine).app.equals(live.orElse("")),
          where + "the app runs " + world.of(machine).app);
    }
  }

  /** How everything must stand when a goal was run undisturbed. */
  void settled(SimScenario scenario, OutcomeReport report, Before before) {
    boolean success = report.outcome() != Outcome.NOTHING_CHANGED || report.success();
    require(
        scenario.ends().contains(report.outcome()) && (success || scenario.goal() == Goal.ACTIVATE),
        "ends " + report.outcome() + ": " + report.happened());
    for (Machine machine : world.machines()) {
      machine(machine);
    }
    require(new HashSet<>(live()).size() == 1, "the hosts differ: " + live());
    String expected = expected(scenario, before);
    require(
        live().contains(expected) || scenario.goal() == Goal.ACTIVATE,
        "live is " + live() + ", not " + expected);
    require(world.live().contains(decided().orElse("")), "live is not what was decided");
  }

  /** A rollback that came to its end without its client is another rollback's start. */
  private static String expected(SimScenario scenario, Before before) {
    boolean again =
        scenario.goal() == Goal.ROLLBACK
            && before.complete()
            && before.live().contains(scenario.live());
    return again ? "v1" : scenario.live();
  }

  /** What must hold even after an outcome that leaves something to a person. */
  void free() {
    world.machines().forEach(Truth::free);
  }

  private static void free(Machine machine) {
    String host = machine.target().host();
    require(machine.lock().isEmpty(), host + ": the lock is still held: " + machine.lock());
    require(!machine.isHeld(), host + ": alive is held");
    require(history(machine).unfinished("").isEmpty(), host + ": a run is not settled");
    require(machine.jobs().isEmpty(), host + ": still running: " + machine.jobs());
  }

  private void machine(Machine machine) {
    free(machine);
    String host = machine.target().host();
    require(
        machine.current(View.KEPT).equals(machine.current(View.NOW)),
        host + ": current is not synced");
    require(
        world.of(machine).app.equals(machine.current(View.NOW).orElse("")),
        host
            + ": the app runs "
            + world.of(machine).app
            + ", live is "
            + machine.current(View.NOW));
    require(
        machine.journal(View.KEPT).equals(machine.journal(View.NOW)),
        host + ": the journal is not synced");
    HostHistory history = history(machine);
    for (String id : machine.disk().names("releases")) {
      require(
          world.of(machine).isWhole(machine, id, View.KEPT),
          host + ": releases/" + id + " is not whole");
      Optional<ReleaseState> state = history.state(new ReleaseId(id));
      require(
          state.filter(s -> s == ReleaseState.GOOD || s == ReleaseState.WITHDRAWN).isPresent(),
          host + ": " + id + " lies in releases/ and is " + state);
    }
    for (String id : machine.disk().names(STAGING)) {
      boolean tree = machine.disk().isDir(STAGING + "/" + id);
      require(
          !tree
              || (ReleaseId.isSafe(id)
                  && history.state(new ReleaseId(id)).equals(Optional.of(ReleaseState.SEALED))),
          host + ": left over in staging: " + id);
    }
    history.releases().values().forEach(known -> migrations(host, known));
  }

  private void migrations(String host, HostHistory.KnownRelease known) {
    Map<ReleaseState, Boolean> wanted =
        Map.of(
            ReleaseState.GOOD, true,
            ReleaseState.FAILED, false,
            ReleaseState.REVERTED, false);
    for (String migration : world.migrations) {
      boolean has = world.database.has(migration, known.id().value());
      require(
          wanted.getOrDefault(known.state(), has) == has,
          "%s: %s is %s, and migration %s is %s"
              .formatted(
                  host, known.id(), known.state(), migration, has ? "applied" : "not applied"));
    }
  }
}
