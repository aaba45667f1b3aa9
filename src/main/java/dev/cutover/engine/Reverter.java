package dev.cutover.engine;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.event.DeployEvent;
import dev.cutover.plan.Plan;
import dev.cutover.step.FinishStep;
import dev.cutover.step.Member;
import dev.cutover.step.Step;
import dev.cutover.step.StillSickException;
import dev.cutover.step.SwitchStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
          happened
              + (plan.run().goal() == Goal.RESTORE
                  ? "; its database is restored, so it stays"
                  : "; what was live before was unhealthy too, so it stays"),
          failures);
    }
    tools.listener().on(new DeployEvent.RevertStarted(happened, switched));
    boolean noRoom = failures.stream().anyMatch(StepFailure::noRoom);
    Step.Cause cause = new Step.Cause(happened, switched, false, noRoom);
    // Where one that cannot be reached may run the new code, the databases stay as they are.
    boolean codeOnly = switched && within.size() < members.size();
    List<StepFailure> stuck = codeOnly ? codeBack(within, cause) : back(within, cause);
    Outcome outcome = outcome(failures, stuck);
    if (stuck.isEmpty() && !codeOnly) {
      FanOut.over(tools, within, member -> walk(member).finish(plan.afterRevert(), 0));
    }
    List<StepFailure> all = new ArrayList<>(failures);
    all.addAll(stuck);
    Ending ending = ending(outcome, sentences(all), all);
    if (stuck.stream().anyMatch(StepFailure::halfDone)) {
      return ending.leftOpen();
    }
    end(within, outcome);
    return ending;
  }

  /** Nothing when the old code could not live with what the databases are now. */
  private List<StepFailure> codeBack(List<Member> within, Step.Cause cause) {
    boolean together = Engine.steps(plan).filter(Step::undoneFirst).anyMatch(trail::began);
    return together ? List.of() : back(within, cause, List.of(), switchStage());
  }

  /**
   * The failures of taking back. After one that leaves a host in between, nothing more is touched.
   */
  private List<StepFailure> back(List<Member> within, Step.Cause cause) {
    List<Step> first =
        cause.switched() ? Engine.steps(plan).filter(Step::undoneFirst).toList() : List.of();
    List<StepFailure> stuck =
        new ArrayList<>(FanOut.over(tools, within, member -> walk(member).back(first, cause)));
    // Even when that left doubt the code goes back; but nothing before it is touched then.
    stuck.addAll(back(within, cause, first, stuck.isEmpty() ? filesMayGo(within) : switchStage()));
    return stuck;
  }

  /**
   * The first of the stages to take back. While a host that cannot be reached may have left a
   * database changed, the others keep the files of the release: they are what takes it back.
   */
  private int filesMayGo(List<Member> within) {
    List<Step> migrations = Engine.steps(plan).filter(step -> step.migrates().isPresent()).toList();
    boolean changed =
        members.stream()
            .filter(member -> !within.contains(member))
            .anyMatch(member -> !trail.begun(member, migrations).isEmpty());
    return changed ? stageOf(migrations::contains) : 0;
  }

  /** The stages from the last one to {@code last}, but for the steps taken back before. */
  private List<StepFailure> back(
      List<Member> within, Step.Cause cause, List<Step> before, int last) {
    List<StepFailure> stuck = new ArrayList<>();
    for (int i = plan.stages().size() - 1; i >= last; i--) {
      List<Step> steps =
          plan.stages().get(i).steps().stream().filter(step -> !before.contains(step)).toList();
      List<StepFailure> failed =
          FanOut.over(tools, within, member -> walk(member).back(steps, cause));
      stuck.addAll(failed);
      if (failed.stream()
          .anyMatch(failure -> !(failure.getCause() instanceof StillSickException))) {
        return stuck;
      }
    }
    return stuck;
  }

  private int switchStage() {
    return stageOf(SwitchStep.class::isInstance);
  }

  /** Which stage has the first such step. */
  private int stageOf(Predicate<Step> wanted) {
    return (int)
        plan.stages().stream().takeWhile(stage -> stage.steps().stream().noneMatch(wanted)).count();
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
    if (Stream.concat(failures.stream(), stuck.stream()).anyMatch(StepFailure::inDoubt)
        || stuck.stream().anyMatch(this::isMigration)) {
      return Outcome.IN_DOUBT;
    }
    return stuck.isEmpty() ? Outcome.REVERTED : Outcome.REVERT_FAILED;
  }

  private boolean isMigration(StepFailure failure) {
    return Engine.steps(plan)
        .filter(step -> step.migrates().isPresent())
        .map(Step::ref)
        .anyMatch(failure.step()::equals);
  }

  /** A run whose end is unknown keeps its lock: the next run settles it. */
  private void end(List<Member> within, Outcome outcome) {
    if (outcome != Outcome.OUTCOME_UNKNOWN) {
      Step finish = new FinishStep(plan.run().runId(), outcome);
      FanOut.over(tools, within, member -> walk(member).finish(List.of(finish), 0));
    }
  }

  private Walk walk(Member member) {
    return new Walk(tools, plan.run(), member, trail);
  }

  private Ending ending(Outcome outcome, String happened, List<StepFailure> failed) {
    return Engine.ending(plan, members, trail, outcome, happened, failed);
  }

  private static String sentences(List<StepFailure> failures) {
    return failures.stream()
        .map(failure -> String.valueOf(failure.getMessage()))
        .distinct()
        .collect(Collectors.joining("\n"));
  }
}
