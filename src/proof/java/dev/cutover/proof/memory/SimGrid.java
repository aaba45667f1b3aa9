package dev.cutover.proof.memory;

import dev.cutover.testkit.sim.Mishap;
import java.util.ArrayList;
import java.util.List;

/** Every case there is, of one fault or of a crash and one in the run that recovers from it. */
final class SimGrid {

  /** The sync of the record that ends a recovery, and the reply. */
  private static final int AFTER = 4;

  private SimGrid() {}

  /** Every fault at every point of a scenario. */
  static List<Case> singles(SimScenario scenario) {
    List<Case> cases = new ArrayList<>();
    for (SimClient.Point point : points(scenario)) {
      for (Mishap kind : Mishap.values()) {
        if (point.meets(kind)) {
          cases.add(new Case(scenario, List.of(point.fault(kind))));
        }
      }
    }
    return cases;
  }

  /** Every point of a scenario that nothing disturbs. */
  static List<SimClient.Point> points(SimScenario scenario) {
    return new Trial(scenario, scenario.world().copy(), Trial.SILENT).undisturbed().points();
  }

  /** The pieces of work that crash a scenario at a point and then its recovery at each point. */
  static List<Runnable> pairs(SimScenario scenario, Tally tally) {
    return points(scenario).stream()
        .filter(SimClient.Point::acts)
        .<Runnable>map(point -> () -> pairs(scenario, point.fault(Mishap.CRASH), tally))
        .toList();
  }

  private static void pairs(SimScenario scenario, SimFault first, Tally tally) {
    World crashed = scenario.world().copy();
    List<SimClient.Point> points;
    try {
      new Trial(scenario, crashed, Trial.SILENT).disturbed(first);
      points = new Trial(scenario, crashed.copy(), Trial.SILENT).undisturbed().points();
    } catch (Violation e) {
      // It is among the single faults.
      return;
    }
    for (SimClient.Point point : points.subList(0, settled(points))) {
      if (point.acts()) {
        SimFault second = point.fault(Mishap.CRASH);
        Case both = new Case(scenario, List.of(first, second));
        tally.run(both.toString(), () -> again(scenario, crashed.copy(), second));
      }
    }
  }

  /** A client that is forgotten, and every fault at every point of the watchdog that notices. */
  static List<Case> watchdogs(SimScenario scenario) {
    List<Case> cases = new ArrayList<>();
    for (SimClient.Point point : points(scenario)) {
      SimFault first = point.fault(Mishap.FORGOTTEN);
      World world = scenario.world().copy();
      new Trial(scenario, world, Trial.SILENT).disturbed(first);
      for (SimClient.Point there : world.watchdogPasses()) {
        for (Mishap kind : Mishap.values()) {
          if (kind.strikesAlone() && there.meets(kind)) {
            cases.add(
                new Case(scenario, List.of(first, SimFault.ofWatchdog(there.number(), kind))));
          }
        }
      }
    }
    return cases;
  }

  /** How many points it takes until the recovery is done; what follows is as in any other run. */
  private static int settled(List<SimClient.Point> points) {
    int end = 0;
    for (int i = 0; i < points.size(); i++) {
      if (points.get(i).what().equals("append Based")) {
        end = Math.min(points.size(), i + AFTER);
      }
    }
    return end;
  }

  private static void again(SimScenario scenario, World crashed, SimFault second) {
    Trial trial = new Trial(scenario, crashed, Trial.SILENT);
    trial.disturbed(second);
    trial.undisturbed();
  }
}
