package dev.cutover.proof.power;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.proof.Goals;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A goal whose power is cut.
 *
 * @param before the labels released before it
 * @param ends how it ends, and how it ends when it is run again after the cut
 * @param live what is live then
 */
record PowerScenario(
    String name, List<String> before, Asked goal, Outcome ends, Optional<String> live) {

  @FunctionalInterface
  interface Asked {
    OutcomeReport of(Goals goals) throws IOException;
  }

  static List<PowerScenario> all() {
    return List.of(
        new PowerScenario(
            "first release", List.of(), g -> g.release("a"), Outcome.RELEASED, live("a")),
        new PowerScenario(
            "upgrade", List.of("a"), g -> g.release("b"), Outcome.RELEASED, live("b")),
        new PowerScenario(
            "upgrade and prune",
            List.of("a", "b", "c"),
            g -> g.release("d"),
            Outcome.RELEASED,
            live("d")),
        new PowerScenario(
            "failing health",
            List.of("a"),
            g -> g.release("broken b"),
            Outcome.REVERTED,
            live("a")),
        new PowerScenario(
            "failing first release",
            List.of(),
            g -> g.release("broken a"),
            Outcome.REVERTED,
            Optional.empty()),
        new PowerScenario(
            "rollback", List.of("a", "b"), Goals::rollback, Outcome.ROLLED_BACK, live("a")));
  }

  static PowerScenario named(String name) {
    return all().stream().filter(known -> known.name().equals(name)).findFirst().orElseThrow();
  }

  private static Optional<String> live(String label) {
    return Optional.of(label);
  }

  @Override
  public String toString() {
    return name;
  }
}
