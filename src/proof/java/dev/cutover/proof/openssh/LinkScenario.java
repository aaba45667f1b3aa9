package dev.cutover.proof.openssh;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.testkit.app.ExampleApp;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is done when the fault comes, from where, and where it must end when it is done again. */
@SuppressWarnings("ImmutableEnumChecker") // Lists that are not.
enum LinkScenario {
  FIRST_RELEASE(List.of(), List.of(Goal.RELEASE), "v1", "v1", false),
  UPGRADE(List.of("v1"), List.of(Goal.RELEASE), "v2", "v2", false),
  FULL_UPGRADE(List.of("v1"), List.of(Goal.RELEASE), "v2", "v2", true),
  SICK_UPGRADE(List.of("v1"), List.of(Goal.RELEASE), "sick2", "v1", false),
  ROLLBACK(List.of("v1", "v2", "v3"), List.of(Goal.ROLLBACK), "v3", "v2", false),
  STAGE_ACTIVATE(List.of("v1"), List.of(Goal.STAGE, Goal.ACTIVATE), "v2", "v2", false),
  PRUNE(List.of("v1", "v2", "v3", "v4", "v5"), List.of(Goal.PRUNE), "v5", "v5", false),
  SICK_FIRST_RELEASE(List.of(), List.of(Goal.RELEASE), "sick1", "", false);

  private static final int KEEP_ALL = 5;

  /** What was released before, oldest first. */
  final List<String> before;

  final List<Goal> goals;

  /** What the goals are about. */
  final String version;

  /** What must be live in the end; empty: nothing. */
  private final String ends;

  final boolean full;

  LinkScenario(List<String> before, List<Goal> goals, String version, String ends, boolean full) {
    this.before = before;
    this.goals = goals;
    this.version = version;
    this.ends = ends;
    this.full = full;
  }

  int keep() {
    return this == PRUNE ? 2 : KEEP_ALL;
  }

  int keepBefore() {
    return KEEP_ALL;
  }

  Optional<String> starts() {
    return before.isEmpty() ? Optional.empty() : Optional.of(before.get(before.size() - 1));
  }

  Optional<String> ends() {
    return ends.isEmpty() ? Optional.empty() : Optional.of(ends);
  }

  boolean sick() {
    return !ExampleApp.healthy(version);
  }

  /** How the last goal may end when nothing disturbs it. */
  Set<Outcome> outcomes() {
    return switch (this) {
      case SICK_UPGRADE, SICK_FIRST_RELEASE -> Set.of(Outcome.REVERTED);
      case ROLLBACK -> Set.of(Outcome.ROLLED_BACK);
      case PRUNE -> Set.of(Outcome.PRUNED);
      default -> Set.of(Outcome.RELEASED);
    };
  }
}
