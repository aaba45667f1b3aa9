package dev.cutover.proof.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.app.DeployRequest;
import dev.cutover.app.Deployments;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Target;
import dev.cutover.proof.Proof;
import dev.cutover.testkit.app.Rig;
import dev.cutover.testkit.sim.Machine;
import dev.cutover.testkit.sim.Mishap;
import dev.cutover.testkit.sim.SimDisk.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several hosts, of which somebody else moves {@code current}, or which leave the configuration,
 * change their order or come back empty after a run that was cut off: nothing is told that does not
 * stand, and nobody is held up.
 */
@Tag("proof")
class ChangedHostsProofTest {

  /** How many changes an ordinary build takes of each kind. */
  private static final int SHARE = 400;

  /** The timeout of a migration, and what is given it beyond. */
  private static final Duration AS_LONG_AS_COMMANDS_MAY = Duration.ofMinutes(3);

  /** What becomes of the hosts between a run and the next. */
  private record Change(
      String name, List<Integer> targets, Set<Integer> rebuilt, Set<Integer> older, Joins joins) {

    Change(String name, List<Integer> targets, Set<Integer> rebuilt) {
      this(name, targets, rebuilt, Set.of(), Joins.NOBODY);
    }

    /** Whether a host's journal is not what the run left there. */
    boolean forgets(Machine machine) {
      return rebuilt.contains(machine.index()) || older.contains(machine.index());
    }
  }

  /** Where a new host stands among the targets. */
  private enum Joins {
    NOBODY,
    FIRST,
    LAST
  }

  private static List<Change> changes(int hosts) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      all.add(i);
    }
    List<Change> changes = new ArrayList<>();
    changes.add(new Change("as it was", all, Set.of()));
    List<Integer> reversed = new ArrayList<>(all);
    Collections.reverse(reversed);
    changes.add(new Change("reversed", reversed, Set.of()));
    changes.add(new Change("a new one", all, Set.of(), Set.of(), Joins.LAST));
    changes.add(new Change("a new one first", all, Set.of(), Set.of(), Joins.FIRST));
    for (int i : all) {
      List<Integer> left = new ArrayList<>(all);
      left.remove(Integer.valueOf(i));
      changes.add(new Change(i + " has left", left, Set.of()));
      changes.add(new Change(i + " is empty", all, Set.of(i)));
      changes.add(new Change(i + " is empty, reversed", reversed, Set.of(i)));
      changes.add(new Change(i + " is older", all, Set.of(), Set.of(i), Joins.NOBODY));
      changes.add(new Change(i + " for a new one", left, Set.of(), Set.of(), Joins.FIRST));
      if (hosts > 2) {
        changes.add(new Change("only " + i, List.of(i), Set.of()));
      }
    }
    return changes;
  }

  @ParameterizedTest
  @CsvSource({"2, false", "3, false", "2, true", "3, true"})
  void aRunThatIsCutOffIsSettledByWhomeverIsLeft(int hosts, boolean migrates) {
    SimScenario scenario = migrates ? Scenarios.manyMigrated(hosts) : Scenarios.many(hosts);
    Tally tally = new Tally();
    List<Runnable> work = new ArrayList<>();
    for (SimClient.Point point : SimGrid.points(scenario)) {
      if (point.acts()) {
        for (Mishap kind : List.of(Mishap.CRASH, Mishap.CUT)) {
          SimFault fault = point.fault(kind);
          changes(hosts)
              .forEach(
                  change ->
                      work.add(
                          () ->
                              tally.run(
                                  fault + " " + change.name(),
                                  () -> settled(scenario, fault, change))));
        }
      }
    }
    Proof proof = Proof.named("changed hosts");
    tally.all(proof.share(work, SHARE));
    proof.figures(
        "%d of %d changes of %d hosts%s, %d violations"
            .formatted(
                tally.cases(),
                work.size(),
                hosts,
                migrates ? " with a database" : "",
                tally.violations()));
    assertThat(tally.broken()).as(proof.seed()).isEmpty();
  }

  private static void settled(SimScenario scenario, SimFault fault, Change change) {
    World world = scenario.world().copy();
    Optional<OutcomeReport> told = Optional.empty();
    SimClient first = new SimClient(world, List.of(fault), Turn.ALONE, Trial.SILENT);
    try {
      OutcomeReport report = scenario.run(first);
      told = first.dead() ? Optional.empty() : Optional.of(report);
    } catch (Throwable e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof Violation violation) {
          throw violation;
        }
      }
      if (!first.dead()) {
        throw e;
      }
    }
    told.ifPresent(report -> stands(world, report, world.machines()));
    world.hosts.calm();
    for (int i : change.rebuilt()) {
      Machine machine = world.machines().get(i);
      world.hosts.rebuild(machine);
      world.of(machine).serves = false;
      world.of(machine).lastToken = "";
      world.runs(machine, "");
    }
    change.older().forEach(i -> world.restore(world.machines().get(i), scenario.world()));
    List<Machine> targets =
        new ArrayList<>(change.targets().stream().map(world.machines()::get).toList());
    if (change.joins() != Joins.NOBODY) {
      targets.add(change.joins() == Joins.FIRST ? 0 : targets.size(), world.joins());
    }
    world.machines().stream()
        .filter(machine -> !targets.contains(machine))
        .forEach(machine -> world.absent.add(machine.index()));
    OutcomeReport recovered = run(world, scenario, targets, Deployments::recover);
    if (recovered.happened().contains("may still run there")) {
      world.advance(AS_LONG_AS_COMMANDS_MAY);
      recovered = run(world, scenario, targets, Deployments::recover);
    }
    require(
        Set.of(Outcome.RECOVERED, Outcome.NOTHING_CHANGED, Outcome.MIXED)
                .contains(recovered.outcome())
            && recovered.happened().isEmpty() == (recovered.outcome() != Outcome.MIXED),
        "held up: " + recovered);
    stands(world, recovered, targets);
    long sides =
        targets.stream()
            .filter(machine -> !change.forgets(machine))
            .filter(machine -> machine.index() < scenario.world().machines().size())
            .map(machine -> machine.current(View.NOW))
            .distinct()
            .count();
    require(sides <= 1, "parted by settling: " + recovered);
    databaseFits(world, targets);
    if (told.filter(report -> report.outcome() == Outcome.RELEASED).isPresent()) {
      for (Machine machine : targets) {
        require(
            change.forgets(machine)
                || machine.index() >= scenario.world().machines().size()
                || machine.live().equals(told.get().release().map(ReleaseId::value)),
            "told as released, and taken back on " + machine.target().host());
      }
    }
    OutcomeReport last = run(world, Scenarios.last(scenario), targets, Deployments::release);
    require(last.outcome() == Outcome.RELEASED, "held up: " + last);
    stands(world, last, targets);
    world.absent.clear();
    List<Machine> all = world.machines();
    OutcomeReport again =
        run(world, scenario, all, (deployments, request) -> deployments.release(request));
    require(again.outcome() == Outcome.RELEASED, "held up when all are back: " + again);
    stands(world, again, all);
  }

  /** The database has the change of the release that was cut off where that is live, else not. */
  private static void databaseFits(World world, List<Machine> targets) {
    for (String migration : world.migrations) {
      Set<String> ids = new HashSet<>();
      world.machines().forEach(machine -> ids.addAll(world.of(machine).whole.keySet()));
      for (String id : ids) {
        boolean second =
            world.machines().stream()
                .anyMatch(machine -> world.of(machine).content(id).equals("v2"));
        boolean live =
            targets.stream().anyMatch(machine -> machine.current(View.NOW).equals(Optional.of(id)));
        require(
            !second || world.database.has(migration, id) == live,
            id + (live ? " is live without " : " is not live, and has ") + migration);
      }
    }
  }

  private static OutcomeReport run(
      World world,
      SimScenario scenario,
      List<Machine> targets,
      BiFunction<Deployments, DeployRequest, OutcomeReport> goal) {
    Rig rig = new SimClient(world, List.of(), Turn.ALONE, Trial.SILENT).rig();
    scenario.configuration().accept(rig);
    List<Target> named = targets.stream().map(Machine::target).toList();
    rig.isOver(named);
    return goal.apply(rig.deployments(), rig.request());
  }

  /** What a report says of each host is so, and it is no success when they differ. */
  private static void stands(World world, OutcomeReport report, List<Machine> targets) {
    Set<Optional<String>> live = new HashSet<>();
    for (HostState state : report.hosts()) {
      Machine machine =
          targets.stream()
              .filter(each -> each.target().host().equals(state.host()))
              .findFirst()
              .orElseThrow();
      if (state.message().startsWith("cannot be read")) {
        require(!report.outcome().success(), "unread, and told: " + report);
        continue;
      }
      live.add(machine.current(View.NOW));
      require(
          machine.current(View.NOW).equals(state.live()),
          machine.target().host() + " is on " + machine.current(View.NOW) + ": " + report);
    }
    if (report.outcome() == Outcome.RELEASED) {
      require(report.hosts().size() == targets.size(), "not all hosts are told: " + report);
      require(live.equals(Set.of(report.release().map(ReleaseId::value))), live + " and " + report);
      targets.forEach(machine -> require(world.healthy(machine), "sick: " + report));
    }
    if (report.outcome().success()) {
      require(live.size() <= 1, live + " and " + report);
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new Violation(what);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void whatSomebodyElseMovesIsTold(int hosts) {
    SimScenario scenario = Scenarios.many(hosts);
    String old = scenario.world().live().get(0);
    List<SimClient.Point> points = SimGrid.points(scenario);
    Tally tally = new Tally();
    List<Runnable> work = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      int at = host;
      List<SimClient.Point> here = points.stream().filter(point -> point.host() == at).toList();
      int read = 0;
      for (int i = 0; i < here.size(); i++) {
        if (here.get(i).what().startsWith("facts")) {
          read = i;
        }
      }
      require(read > 0, "it is never read: " + here);
      for (int i = 0; i < read; i++) {
        int when = i;
        work.add(() -> tally.run(at + ":" + when, () -> moved(scenario, at, when, old)));
      }
    }
    tally.all(work);
    System.out.printf("%d moves on %d hosts%n", tally.cases(), hosts);
    assertThat(tally.broken()).isEmpty();
  }

  private static void moved(SimScenario scenario, int host, int when, String old) {
    World world = scenario.world().copy();
    world.somebodyElse =
        (machine, point) -> {
          if (machine.index() == host && point == when) {
            world.moved = true;
            machine.disk().symlink("current", "/srv/shop/releases/" + old);
            machine.disk().syncTree("");
          }
        };
    SimClient client = new SimClient(world, List.of(), Turn.ALONE, Trial.SILENT);
    stands(world, scenario.run(client), world.machines());
  }
}
