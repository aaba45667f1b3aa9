package dev.cutover.app;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.plan.Plan;
import dev.cutover.step.FinishStep;
import dev.cutover.step.Keeper;
import dev.cutover.step.PruneStep;
import dev.cutover.step.RunInfo;
import java.util.List;
import java.util.Optional;

/** {@code deploy:prune}: what a release does last, by hand. */
final class Pruning {

  private Pruning() {}

  static Decision decide(Scene scene) {
    Keeper keeper = new Keeper(Optional.empty(), scene.request().spec().keep());
    boolean any =
        scene.members().stream()
            .anyMatch(member -> !keeper.removable(member.facts(), member.history()).isEmpty());
    if (!any) {
      return new Decision.Stay("there is nothing to prune");
    }
    ReleaseId live = Decisions.live(scene.coordinator()).orElseGet(() -> Decisions.nextId(scene));
    RunInfo run = scene.run(live, scene.identity(live));
    return new Decision.Go(
        new Plan(
            run,
            List.of(),
            Optional.empty(),
            List.of(new PruneStep(run, keeper), new FinishStep(run.runId(), Outcome.PRUNED)),
            List.of(),
            true,
            Outcome.PRUNED));
  }
}
