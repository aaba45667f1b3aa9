package dev.cutover.engine;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.Shared;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.Run;
import dev.cutover.error.CutoverException;
import dev.cutover.plan.Plan;
import dev.cutover.plan.Stage;
import dev.cutover.step.FinishStep;
import dev.cutover.step.GiveBackStep;
import dev.cutover.step.Member;
import dev.cutover.step.Step;
import dev.cutover.step.SwitchStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a plan on locked members: forward stage by stage, then the commit, then what follows it; or,
 * when anything fails before the commit, back again.
 */
public final class Engine {

  private final Tools tools;

  public Engine(Tools tools) {
    this.tools = tools;
  }

  /** Runs the plan to its end; whatever happens on the hosts is in the result. */
  public Ending run(Plan plan, List<Member> members) {
    Trail trail = new Trail();
    return members.size() == 1 && plan.downs().isEmpty()
        ? alone(plan, members, trail)
        : together(plan, members, trail);
  }

  /** A single host needs no barrier: all that asks for no decision in between travels together. */
  private Ending alone(Plan plan, List<Member> members, Trail trail) {
    List<Step> steps = plan.stages().stream().flatMap(stage -> stage.steps().stream()).toList();
    List<StepFailure> all =
        FanOut.over(
            tools,
            members,
            member -> walk(plan, member, trail).through(steps, last(plan), decisive(plan)));
    List<StepFailure> failures = all.stream().filter(failure -> !isLate(plan, failure)).toList();
    all.stream().filter(failure -> isLate(plan, failure)).forEach(this::warn);
    return failures.isEmpty()
        ? well(plan, members, trail, all.isEmpty())
        : failed(plan, members, trail, failures);
  }

  private Ending together(Plan plan, List<Member> members, Trail trail) {
    List<StepFailure> failures = forward(plan, members, trail);
    if (!failures.isEmpty()) {
      return failed(plan, members, trail, failures);
    }
    List<Step> decision = plan.commit().stream().toList();
    // The first COMMIT is the point of no return; it always stands on the coordinator first.
    List<Member> coordinator = members.stream().filter(Member::coordinator).toList();
    failures =
        FanOut.over(
            tools,
            coordinator,
            member -> walk(plan, member, trail).finish(decision, decisive(plan)));
    if (!failures.isEmpty()) {
      return failed(plan, members, trail, failures);
    }
    List<Member> others = members.stream().filter(member -> !member.coordinator()).toList();
    List<StepFailure> behind =
        FanOut.over(
            tools, others, member -> walk(plan, member, trail).finish(decision, decisive(plan)));
    if (!behind.isEmpty()) {
      return divided(plan, members, trail, behind);
    }
    failures =
        FanOut.over(tools, members, member -> walk(plan, member, trail).forward(plan.downs()));
    if (!failures.isEmpty()) {
      return afterDecision(plan, members, trail, failures);
    }
    List<StepFailure> late =
        FanOut.over(tools, members, member -> walk(plan, member, trail).finish(plan.finish(), 0));
    late.forEach(this::warn);
    return well(plan, members, trail, members.size() == 1 && late.isEmpty());
  }

  private Ending well(Plan plan, List<Member> members, Trail trail, boolean proven) {
    Ending ending = ending(plan, members, trail, plan.outcome(), "", List.of());
    return plan.commit().isEmpty()
        ? ending
        : ending.decided(proven ? Ending.Decided.PROVEN : Ending.Decided.YES);
  }

  /** Before the decision everything is taken back, unless nobody can tell. */
  private Ending failed(Plan plan, List<Member> members, Trail trail, List<StepFailure> failures) {
    if (failures.stream().anyMatch(failure -> failure.fenced() || failure.stopped())
        || undecided(plan, members, failures)) {
      return unknown(plan, members, trail, failures.get(0));
    }
    return revert(plan, members, trail, failures);
  }

  /**
   * The decision stands on some members and not on others. Where it does the run has its end, where
   * it does not it stays open; hooks, pruning and downs wait until all are together.
   */
  private Ending divided(Plan plan, List<Member> members, Trail trail, List<StepFailure> behind) {
    boolean unsure = behind.stream().anyMatch(f -> f.lost() || f.fenced() || f.stopped());
    Outcome outcome = unsure ? Outcome.OUTCOME_UNKNOWN : Outcome.MIXED;
    List<String> names = behind.stream().map(StepFailure::host).toList();
    Step end =
        plan.downs().isEmpty() ? new FinishStep(plan.run().runId(), outcome) : new GiveBackStep();
    give(plan, members.stream().filter(m -> !names.contains(m.name())).toList(), trail, end);
    List<String> gone =
        behind.stream().filter(f -> f.lost() || f.fenced()).map(StepFailure::host).toList();
    List<Member> there =
        members.stream().filter(m -> names.contains(m.name()) && !gone.contains(m.name())).toList();
    give(plan, there, trail, new GiveBackStep());
    return ending(plan, members, trail, outcome, sentences(behind), behind)
        .decided(Ending.Decided.YES);
  }

  private void give(Plan plan, List<Member> members, Trail trail, Step end) {
    FanOut.over(tools, members, member -> walk(plan, member, trail).finish(List.of(end), 0))
        .forEach(this::warn);
  }

  private static String sentences(List<StepFailure> failures) {
    return failures.stream()
        .map(failure -> String.valueOf(failure.getMessage()))
        .collect(Collectors.joining("\n"));
  }

  /**
   * The decision may be on disk or not: whoever reads it next settles it. That is also so when
   * writing it failed, but the record is there to be read.
   */
  private static boolean undecided(Plan plan, List<Member> members, List<StepFailure> failures) {
    return failures.stream()
        .filter(failure -> isCommit(plan, failure))
        .anyMatch(failure -> failure.lost() || committed(plan, members));
  }

  private static boolean committed(Plan plan, List<Member> members) {
    try {
      return members.stream()
          .filter(Member::coordinator)
          .map(
              member ->
                  member.host().facts(new FactsQuery(member.host().target().root(), Shared.NONE)))
          .map(facts -> HostHistory.of(facts.journal()).run(plan.run().runId()))
          .anyMatch(run -> run.flatMap(Run::commit).isPresent());
    } catch (CutoverException e) {
      return true;
    }
  }

  /** The code is where it belongs; a database is not, or nobody can tell. */
  private Ending afterDecision(
      Plan plan, List<Member> members, Trail trail, List<StepFailure> failures) {
    if (failures.stream().anyMatch(failure -> failure.lost() || failure.fenced())) {
      return unknown(plan, members, trail, failures.get(0));
    }
    give(plan, members, trail, new FinishStep(plan.run().runId(), Outcome.IN_DOUBT));
    return ending(plan, members, trail, Outcome.IN_DOUBT, sentences(failures), failures);
  }

  private static boolean isCommit(Plan plan, StepFailure failure) {
    return plan.commit().map(step -> step.ref().equals(failure.step())).orElse(false);
  }

  /** The commit and what follows it. */
  private static List<Step> last(Plan plan) {
    return Stream.concat(plan.commit().stream(), plan.finish().stream()).toList();
  }

  /** Of the last operations, how many must not fail. */
  private static int decisive(Plan plan) {
    return plan.commit().isPresent() ? 1 : 0;
  }

  private List<StepFailure> forward(Plan plan, List<Member> members, Trail trail) {
    for (Stage stage : plan.stages()) {
      List<StepFailure> failures =
          FanOut.over(tools, members, member -> walk(plan, member, trail).forward(stage.steps()));
      if (!failures.isEmpty()) {
        return failures;
      }
    }
    return List.of();
  }

  /** What fails after the commit only warns. */
  private static boolean isLate(Plan plan, StepFailure failure) {
    return plan.finish().stream().anyMatch(step -> step.ref().equals(failure.step()));
  }

  private void warn(StepFailure failure) {
    new Events(tools.listener(), tools.clock(), failure.host(), false)
        .warn(String.valueOf(failure.getMessage()));
  }

  private Ending revert(Plan plan, List<Member> members, Trail trail, List<StepFailure> failures) {
    return new Reverter(tools, plan, members, trail).revert(failures);
  }

  private Walk walk(Plan plan, Member member, Trail trail) {
    return new Walk(tools, plan.run(), member, trail);
  }

  private static Ending unknown(Plan plan, List<Member> members, Trail trail, StepFailure failure) {
    return ending(
        plan,
        members,
        trail,
        Outcome.OUTCOME_UNKNOWN,
        String.valueOf(failure.getMessage()),
        List.of(failure));
  }

  static Ending ending(
      Plan plan,
      List<Member> members,
      Trail trail,
      Outcome outcome,
      String happened,
      List<StepFailure> failures) {
    Map<String, Ending.Asked> verdicts = new LinkedHashMap<>();
    Map<String, String> notes = new LinkedHashMap<>();
    for (Member member : members) {
      trail.verdict(member.name()).ifPresent(verdict -> verdicts.put(member.name(), verdict));
      notes.put(member.name(), trail.note(member.name()));
    }
    List<String> failed = failures.stream().map(StepFailure::host).distinct().toList();
    return new Ending(
        outcome,
        happened,
        failed,
        verdicts,
        notes,
        migrations(plan, trail),
        Ending.Decided.NO,
        false);
  }

  private static List<MigrationState> migrations(Plan plan, Trail trail) {
    return steps(plan).map(step -> state(step, trail)).flatMap(Optional::stream).toList();
  }

  /** Over all members the word that says most; none for a migration that was not started. */
  private static Optional<MigrationState> state(Step step, Trail trail) {
    if (step.migrates().isEmpty()) {
      return Optional.empty();
    }
    List<String> known = trail.recall(step, Step.MIGRATED);
    return Stream.of("in doubt", "kept", "applied", "undone")
        .filter(known::contains)
        .findFirst()
        .map(word -> new MigrationState(step.migrates().get(), word));
  }

  static Stream<Step> steps(Plan plan) {
    return Stream.concat(
        plan.stages().stream().flatMap(stage -> stage.steps().stream()), plan.downs().stream());
  }

  /** The step that makes the release live, if the plan has one. */
  static Optional<Step> switchOf(Plan plan) {
    return steps(plan).filter(SwitchStep.class::isInstance).findFirst();
  }
}
