package dev.cutover.proof.memory;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A scenario whose runs meet one fault each, one after the other, before it runs undisturbed.
 *
 * @param faults of the first run, the second and so on
 */
record Case(SimScenario scenario, List<SimFault> faults) {

  /** Reads what {@link #toString} wrote. */
  static Case parse(String text) {
    String[] words = text.split("/", -1);
    SimScenario scenario =
        Scenarios.all().stream().filter(s -> s.name().equals(words[0])).findFirst().orElseThrow();
    return new Case(scenario, Arrays.stream(words).skip(1).map(SimFault::parse).toList());
  }

  /** Runs it. */
  void run(Consumer<String> trace, SimBug... bugs) {
    World world = scenario.world().copy();
    world.bugs.addAll(List.of(bugs));
    Trial trial = new Trial(scenario, world, trace);
    world.watchdogMeets =
        faults.stream().filter(SimFault::ofWatchdog).map(SimFault::there).toList();
    faults.stream().filter(fault -> !fault.ofWatchdog()).forEach(trial::disturbed);
    trial.undisturbed();
  }

  @Override
  public String toString() {
    String met = faults.stream().map(fault -> "/" + fault).collect(Collectors.joining());
    return scenario.name() + met;
  }
}
