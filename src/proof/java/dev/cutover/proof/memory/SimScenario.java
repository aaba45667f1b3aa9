package dev.cutover.proof.memory;

import dev.cutover.app.DeployRequest;
import dev.cutover.app.Deployments;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.testkit.app.Rig;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * One thing a user does.
 *
 * @param world as it is before
 * @param configuration of the goal
 * @param ends how the goal may end when nothing disturbs it, whatever was interrupted before
 * @param live what is live then, by its content; empty: nothing
 */
record SimScenario(
    String name,
    World world,
    Goal goal,
    Consumer<Rig> configuration,
    Set<Outcome> ends,
    String live) {

  private static final java.util.Map<Goal, BiFunction<Deployments, DeployRequest, OutcomeReport>>
      GOALS =
          java.util.Map.of(
              Goal.RELEASE, Deployments::release,
              Goal.STAGE, Deployments::stage,
              Goal.ACTIVATE, Deployments::activate,
              Goal.ROLLBACK, Deployments::rollback,
              Goal.PRUNE, Deployments::prune,
              Goal.DISCARD, Deployments::discard,
              Goal.RECOVER, Deployments::recover);

  /** Whether a watchdog stands by. */
  boolean watched() {
    return name.startsWith("watched");
  }

  /** What has the client do the goal. */
  OutcomeReport run(SimClient client) {
    Rig rig = client.rig();
    configuration.accept(rig);
    return java.util.Optional.ofNullable(GOALS.get(goal))
        .orElseThrow()
        .apply(rig.deployments(), rig.request());
  }
}
