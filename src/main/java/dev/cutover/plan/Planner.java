package dev.cutover.plan;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Hook;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.Payload;
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
import dev.cutover.step.ProbeOldAgainStep;
import dev.cutover.step.ProbeOldStep;
import dev.cutover.step.PruneStep;
import dev.cutover.step.PublishStep;
import dev.cutover.step.PublishStep.Back;
import dev.cutover.step.RestoreStep;
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
 * @param alone whether the run has one host: the watchdog of one of several would part them
 */
public record Planner(RunInfo run, Baselines baselines, boolean alone) {

  /** Stage, seal, migrate, switch, prove. */
  public Plan release(Payload payload) {
    List<Stage> stages = new ArrayList<>();
    stages.add(stage(payload));
    stages.addAll(activation(true));
    return goesLive(stages, Outcome.RELEASED);
  }

  /** The first half of a release: everything up to the seal. */
  public Plan stageOnly(Payload payload) {
    return new Plan(
        run,
        List.of(stage(payload)),
        Optional.empty(),
        List.of(
            new PruneStep(
                run, new Keeper(Optional.empty(), Optional.of(run.subject()), run.spec().keep())),
            new FinishStep(run.runId(), Outcome.STAGED)),
        hooks("revert", Hook.Point.AFTER_REVERT),
        true,
        Outcome.STAGED);
  }

  /** The second half of a release, for one that is sealed. */
  public Plan activate() {
    return goesLive(activation(false), Outcome.RELEASED);
  }

  /** Back to a release that was proven before. The databases stay as they are. */
  public Plan rollback() {
    List<Step> steps = new ArrayList<>(before());
    steps.addAll(hooks("switch", Hook.Point.BEFORE_SWITCH));
    return goesLive(
        List.of(new Stage("before-switch", steps), switchOver(), health()), Outcome.ROLLED_BACK);
  }

  private Stage stage(Payload payload) {
    List<Step> steps = new ArrayList<>();
    steps.add(new UploadStep(run, payload));
    steps.addAll(before());
    steps.add(new AssembleStep(run, payload.files()));
    run.spec().build().ifPresent(build -> steps.add(new BuildStep(run, build)));
    steps.addAll(hooks("stage", Hook.Point.BEFORE_SEAL));
    steps.add(new SealStep(run, payload));
    return new Stage("stage", steps);
  }

  private List<Stage> activation(boolean uploaded) {
    List<Step> before = new ArrayList<>(uploaded ? List.of() : before());
    before.add(new PublishStep(run, uploaded ? Back.WITH_THE_UPLOAD : Back.TO_QUARANTINE));
    List<Stage> stages = new ArrayList<>();
    stages.add(new Stage("activate", before));
    stages.addAll(migrate());
    stages.add(new Stage("before-switch", hooks("activate", Hook.Point.BEFORE_SWITCH)));
    stages.add(switchOver());
    stages.add(health());
    return stages;
  }

  /** After all hosts have sealed and before any host's hook runs; then the old code is asked. */
  private List<Stage> migrate() {
    List<Migration> migrations = run.spec().migrations();
    List<Step> ups = List.copyOf(migrations.stream().map(m -> new MigrateStep(run, m)).toList());
    boolean probe = migrations.stream().anyMatch(Migration::probeOld);
    Stage migrate = new Stage("migrate", ups);
    return probe
        ? List.of(
            new Stage("probe-old-again", List.of(new ProbeOldAgainStep(run, baselines))),
            migrate,
            new Stage("probe-old", List.of(new ProbeOldStep(run, baselines))))
        : List.of(migrate);
  }

  /** Back to a release and to its databases as they were before its migrations. */
  public Plan restore() {
    List<Step> steps = new ArrayList<>(before());
    steps.addAll(hooks("restore", Hook.Point.BEFORE_SWITCH));
    List<Step> restores = new ArrayList<>();
    for (Migration migration : run.spec().migrations()) {
      migration
          .restore()
          .ifPresent(command -> restores.add(new RestoreStep(run, migration, command)));
    }
    return goesLive(
        List.of(
            new Stage("before-switch", steps),
            new Stage("restore", restores),
            switchOver(),
            health()),
        Outcome.RESTORED);
  }

  /** What is done before the switch stands in stages of its own: all hosts end it first. */
  private Stage switchOver() {
    List<Step> steps = new ArrayList<>();
    steps.add(new SwitchStep(run, baselines, watched()));
    steps.addAll(hooks("switch", Hook.Point.AFTER_SWITCH));
    return new Stage("switch", steps);
  }

  /** What is written down of the state found. */
  private List<Step> before() {
    return List.of(new AdoptStep(run), new BaselineStep(run, baselines));
  }

  /**
   * A schema that the old code cannot live with must be taken back first: no watchdog does that.
   */
  private boolean watched() {
    boolean downFirst =
        run.goal() != Goal.ROLLBACK
            && run.spec().migrations().stream()
                .anyMatch(migration -> migration.undoOrder() == Migration.UndoOrder.BEFORE_FLIP);
    return alone && goesBack() && run.spec().watchdog() && !downFirst;
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
        goesBack(),
        outcome);
  }

  private boolean goesBack() {
    return run.goal() != Goal.RESTORE && (run.goal() != Goal.ROLLBACK || !baselines.anySick());
  }

  private List<Step> hooks(String stage, Hook.Point point) {
    return List.copyOf(HookStep.at(run, stage, point));
  }
}
