package dev.cutover.proof.memory;

import dev.cutover.domain.Goal;
import dev.cutover.testkit.sim.Mishap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** Two clients at once in one world, whose every choice comes from a seed; then a third, alone. */
final class Schedule {

  private static final int CLIENTS = 2;
  private static final int FAR = 150;

  private final List<SimScenario> scenarios;
  private final long seed;
  private final Random random;
  private final List<Violation> broken = new ArrayList<>();

  /**
   * A schedule.
   *
   * @param scenarios from which the world and the goals are taken
   */
  Schedule(List<SimScenario> scenarios, long seed) {
    this.scenarios = scenarios;
    this.seed = seed;
    this.random = new Random(seed);
  }

  void run(Consumer<String> trace, SimBug... bugs) {
    SimScenario base = any(scenarios);
    World world = base.world().copy();
    world.bugs.addAll(List.of(bugs));
    Scheduler scheduler = new Scheduler(world, random);
    List<Runnable> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      SimScenario goal = goal(base);
      List<SimFault> faults = faults(world);
      clients.add(() -> attempt(new Trial(goal, world, trace), faults, scheduler));
    }
    scheduler.run(clients);
    if (!broken.isEmpty()) {
      throw broken.get(0);
    }
    world.failing.clear();
    new Trial(Scenarios.last(base), world, trace).undisturbed();
  }

  private void attempt(Trial trial, List<SimFault> faults, Scheduler scheduler) {
    try {
      trial.disturbed(faults, scheduler);
    } catch (Violation e) {
      broken.add(e);
    } catch (RuntimeException e) {
      broken.add(new Violation("a client failed: " + e));
    }
  }

  /** What one of the clients does: the scenario's own goal or another with its configuration. */
  private SimScenario goal(SimScenario base) {
    Goal goal = any(List.of(base.goal(), Goal.RELEASE, Goal.ROLLBACK, Goal.RECOVER, Goal.PRUNE));
    return new SimScenario(
        base.name(), base.world(), goal, base.configuration(), base.ends(), base.live());
  }

  private List<SimFault> faults(World world) {
    Optional<SimFault> fault = Optional.empty();
    if (random.nextBoolean()) {
      fault =
          Optional.of(
              new SimFault(
                  random.nextInt(world.machines().size()),
                  random.nextInt(FAR),
                  any(List.of(Mishap.values()))));
    }
    return fault.stream().toList();
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @Override
  public String toString() {
    return "schedule/" + seed;
  }
}
