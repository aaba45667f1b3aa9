package dev.cutover.proof.power;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * A goal whose power is cut.
 *
 * @param before the versions released before it
 * @param version what it is about
 * @param ends how it ends, and how it ends when it is run again after the cut
 * @param live what is live then
 */
record PowerScenario(
    String name,
    List<String> before,
    Goal goal,
    String version,
    Outcome ends,
    Optional<String> live) {

  static List<PowerScenario> all() {
    return List.of(
        new PowerScenario(
            "first release", List.of(), Goal.RELEASE, "a", Outcome.RELEASED, live("a")),
        new PowerScenario("upgrade", List.of("a"), Goal.RELEASE, "b", Outcome.RELEASED, live("b")),
        new PowerScenario(
            "upgrade and prune",
            List.of("a", "b", "c"),
            Goal.RELEASE,
            "d",
            Outcome.RELEASED,
            live("d")),
        new PowerScenario(
            "failing health", List.of("a"), Goal.RELEASE, "sick b", Outcome.REVERTED, live("a")),
        new PowerScenario(
            "failing first release",
            List.of(),
            Goal.RELEASE,
            "sick a",
            Outcome.REVERTED,
            Optional.empty()),
        new PowerScenario(
            "rollback", List.of("a", "b"), Goal.ROLLBACK, "b", Outcome.ROLLED_BACK, live("a")));
  }

  static PowerScenario named(String name) {
    return all().stream().filter(known -> known.name().equals(name)).findFirst().orElseThrow();
  }

  private static Optional<String> live(String version) {
    return Optional.of(version);
  }

  @Override
  public String toString() {
    return name;
  }
}
