package dev.cutover.plan;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.PlanView;
import dev.cutover.step.DownStep;
import dev.cutover.step.DueStep;
import dev.cutover.step.Member;
import dev.cutover.step.RunInfo;
import dev.cutover.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run does, in order.
 *
 * @param stages taken back in reverse order when one fails
 * @param commit the point of no return; empty for runs that make nothing live
 * @param downs what is done once it is decided and may leave a database in doubt; the rest stays
 * @param finish what follows it; failing only warns
 * @param afterRevert hooks for when the run was taken back; failing only warns
 * @param goesBack whether a failure after the switch flips back; a rollback from a release that was
 *     sick stays where it is, because going back would only trade one sick release for another
 * @param outcome of the run when it goes well
 */
public record Plan(
    RunInfo run,
    List<Stage> stages,
    Optional<Step> commit,
    List<Step> downs,
    List<Step> finish,
    List<Step> afterRevert,
    boolean goesBack,
    Outcome outcome) {

  public Plan {
    stages = List.copyOf(stages);
    downs = List.copyOf(downs);
    finish = List.copyOf(finish);
    afterRevert = List.copyOf(afterRevert);
  }

  /** A plan without downs. */
  public Plan(
      RunInfo run,
      List<Stage> stages,
      Optional<Step> commit,
      List<Step> finish,
      List<Step> afterRevert,
      boolean goesBack,
      Outcome outcome) {
    this(run, stages, commit, List.of(), finish, afterRevert, goesBack, outcome);
  }

  /** The same, with downs that are written down as due before the decision. */
  public Plan withDowns(List<DownStep> taken) {
    if (taken.isEmpty()) {
      return this;
    }
    List<Stage> all = new ArrayList<>(stages);
    all.add(new Stage("due", List.of(new DueStep(run, taken))));
    return new Plan(run, all, commit, List.copyOf(taken), finish, afterRevert, goesBack, outcome);
  }

  /** The plan as people read it: each step once, with the members that take part. */
  public PlanView view(List<Member> members) {
    List<Step> all = new ArrayList<>();
    stages.forEach(stage -> all.addAll(stage.steps()));
    commit.ifPresent(all::add);
    all.addAll(downs);
    all.addAll(finish);
    return new PlanView(
        all.stream().map(step -> view(step, members)).filter(v -> !v.hosts().isEmpty()).toList());
  }

  private static PlanView.Step view(Step step, List<Member> members) {
    List<String> hosts = members.stream().filter(step::takesPart).map(Member::name).toList();
    return new PlanView.Step(
        step.ref().stage(), step.ref().name(), hosts, step.does(), step.undoes());
  }
}
