package dev.cutover.plan;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Hook;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.Payload;
import dev.cutover.domain.journal.JournalEntry.Described;
import dev.cutover.step.AdoptStep;
import dev.cutover.step.AssembleStep;
import dev.cutover.step.BaselineStep;
import dev.cutover.step.Baselines;
import dev.cutover.step.BuildStep;
import dev.cutover.step.CommitStep;
import dev.cutover.step.FinishStep;
import dev.cutover.step.HealthStep;
import dev.cutover.step.HookStep;
import dev.cutover.step.Keeper;
import dev.cutover.step.MigrateStep;
import dev.cutover.step.PruneStep;
import dev.cutover.step.PublishStep;
import dev.cutover.step.RunInfo;
import dev.cutover.step.SealStep;
import dev.cutover.step.Step;
import dev.cutover.step.SwitchStep;
import dev.cutover.step.UploadStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes plans: pure functions whose results read like the run they describe.
 *
 * @param baselines the health of what is live, asked before planning
 */
public record Planner(RunInfo run, Baselines baselines) {

  /** Stage, seal, migrate, switch, prove. */
  public Plan release(Payload payload, Described description) {
    List<Stage> stages = new ArrayList<>();
    stages.add(stage(payload, description));
    stages.addAll(activation(true));
    return goesLive(stages, Outcome.RELEASED);
  }

  /** The first half of a release: everything up to the seal. */
  public Plan stageOnly(Payload payload, Described description) {
    return new Plan(
        run,
        List.of(stage(payload, description)),
        Optional.empty(),
        List.of(new FinishStep(run.runId(), Outcome.STAGED)),
        hooks("revert", Hook.Point.AFTER_REVERT),
        true,
        Outcome.STAGED);
  }

  /** The second half of a release, for one that is sealed. */
  public Plan activate() {
    return goesLive(activation(false), Outcome.RELEASED);
  }

  /** Back to a release that was proven before. Its migrations stay as they are. */
  public Plan rollback() {
    return goesLive(List.of(switchOver(), health()), Outcome.ROLLED_BACK);
  }

  private Stage stage(Payload payload, Described description) {
    List<Step> steps = new ArrayList<>();
    steps.add(new UploadStep(run, payload));
    steps.addAll(before());
    steps.add(new AssembleStep(run, payload.manifest()));
    run.spec().build().ifPresent(build -> steps.add(new BuildStep(run, build)));
    steps.addAll(hooks("stage", Hook.Point.BEFORE_SEAL));
    steps.add(new SealStep(run, description));
    return new Stage("stage", steps);
  }

  private List<Stage> activation(boolean uploaded) {
    List<Step> before = new ArrayList<>(uploaded ? List.of() : before());
    before.add(new PublishStep(run, uploaded));
    run.spec().migrations().forEach(migration -> before.add(new MigrateStep(run, migration)));
    before.addAll(hooks("activate", Hook.Point.BEFORE_SWITCH));
    return List.of(new Stage("activate", before), switchOver(), health());
  }

  private Stage switchOver() {
    List<Step> steps = new ArrayList<>();
    if (run.goal() == Goal.ROLLBACK) {
      steps.addAll(before());
      steps.addAll(hooks("switch", Hook.Point.BEFORE_SWITCH));
    }
    steps.add(new SwitchStep(run, baselines));
    steps.addAll(hooks("switch", Hook.Point.AFTER_SWITCH));
    return new Stage("switch", steps);
  }

  /** What is written down of the state found. */
  private List<Step> before() {
    return List.of(new AdoptStep(run), new BaselineStep(run, baselines));
  }

  private Stage health() {
    return new Stage("health", List.of(new HealthStep(run)));
  }

  private Plan goesLive(List<Stage> stages, Outcome outcome) {
    List<Step> finish = new ArrayList<>(hooks("finish", Hook.Point.AFTER_COMMIT));
    finish.add(new PruneStep(run, new Keeper(Optional.of(run.subject()), run.spec().keep())));
    finish.add(new FinishStep(run.runId(), outcome));
    return new Plan(
        run,
        stages,
        Optional.of(new CommitStep(run)),
        finish,
        hooks("revert", Hook.Point.AFTER_REVERT),
        run.goal() != Goal.ROLLBACK || !baselines.anySick(),
        outcome);
  }

  private List<Step> hooks(String stage, Hook.Point point) {
    List<Step> steps = new ArrayList<>();
    for (Hook hook : run.spec().hooksAt(point)) {
      steps.add(new HookStep(run, stage, hook, steps.size() + 1));
    }
    return steps;
  }
}
