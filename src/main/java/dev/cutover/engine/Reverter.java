package dev.cutover.engine;

import dev.cutover.domain.Outcome;
import dev.cutover.event.DeployEvent;
import dev.cutover.plan.Plan;
import dev.cutover.plan.Stage;
import dev.cutover.step.FinishStep;
import dev.cutover.step.Member;
import dev.cutover.step.MigrateStep;
import dev.cutover.step.Step;
import dev.cutover.step.StillSickException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Takes a run back: the stages in reverse, every host at once, each to what it was before. */
final class Reverter {

  private final Tools tools;
  private final Plan plan;
  private final List<Member> members;
  private final Trail trail;

  Reverter(Tools tools, Plan plan, List<Member> members, Trail trail) {
    this.tools = tools;
    this.plan = plan;
    this.members = members;
    this.trail = trail;
  }

  Ending revert(List<StepFailure> failures) {
    String happened = sentences(failures);
    List<Member> within = reachable(failures);
    boolean switched = Engine.switchOf(plan).map(trail::began).orElse(false);
    if (switched && !plan.goesBack()) {
      end(within, Outcome.REVERT_FAILED);
      return ending(
          Outcome.REVERT_FAILED,
          happened + "; what was live before was unhealthy too, so it stays");
    }
    tools.listener().on(new DeployEvent.RevertStarted(happened));
    List<StepFailure> stuck = back(within, happened, switched);
    Outcome outcome = outcome(failures, stuck);
    if (stuck.isEmpty()) {
      FanOut.over(within, member -> walk(member).finish(plan.afterRevert(), 0));
    }
    end(within, outcome);
    List<StepFailure> all = new ArrayList<>(failures);
    all.addAll(stuck);
    return ending(outcome, sentences(all));
  }

  /**
   * The failures of taking back. After one that leaves a host in between, nothing more is touched.
   */
  private List<StepFailure> back(List<Member> within, String why, boolean switched) {
    List<StepFailure> stuck = new ArrayList<>();
    for (int i = plan.stages().size() - 1; i >= 0; i--) {
      Stage stage = plan.stages().get(i);
      stuck.addAll(FanOut.over(within, member -> walk(member).back(stage.steps(), why, switched)));
      if (stuck.stream().anyMatch(failure -> !(failure.getCause() instanceof StillSickException))) {
        return stuck;
      }
    }
    return stuck;
  }

  private List<Member> reachable(List<StepFailure> failures) {
    List<String> lost = failures.stream().filter(StepFailure::lost).map(StepFailure::host).toList();
    return members.stream().filter(member -> !lost.contains(member.name())).toList();
  }

  private Outcome outcome(List<StepFailure> failures, List<StepFailure> stuck) {
    if (stuck.stream().anyMatch(StepFailure::lost)
        || stuck.stream().anyMatch(StepFailure::fenced)
        || failures.stream().anyMatch(StepFailure::lost)) {
      return Outcome.OUTCOME_UNKNOWN;
    }
    if (stuck.stream().anyMatch(this::isMigration)) {
      return Outcome.IN_DOUBT;
    }
    return stuck.isEmpty() ? Outcome.REVERTED : Outcome.REVERT_FAILED;
  }

  private boolean isMigration(StepFailure failure) {
    return plan.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(MigrateStep.class::isInstance)
        .map(Step::ref)
        .anyMatch(failure.step()::equals);
  }

  /** A run whose end is unknown keeps its lock: the next run settles it. */
  private void end(List<Member> within, Outcome outcome) {
    if (outcome != Outcome.OUTCOME_UNKNOWN) {
      Step finish = new FinishStep(plan.run().runId(), outcome);
      FanOut.over(within, member -> walk(member).finish(List.of(finish), 0));
    }
  }

  private Walk walk(Member member) {
    return new Walk(tools, plan.run(), member, trail);
  }

  private Ending ending(Outcome outcome, String happened) {
    return Engine.ending(plan, members, trail, outcome, happened);
  }

  private static String sentences(List<StepFailure> failures) {
    return failures.stream()
        .map(failure -> String.valueOf(failure.getMessage()))
        .distinct()
        .collect(Collectors.joining("\n"));
  }
}
