package dev.cutover.engine;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.Shared;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.Run;
import dev.cutover.error.CutoverException;
import dev.cutover.health.HealthVerdict;
import dev.cutover.plan.Plan;
import dev.cutover.plan.Stage;
import dev.cutover.step.FinishStep;
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
    List<StepFailure> failures =
        members.size() == 1 && plan.downs().isEmpty()
            ? alone(plan, members, trail)
            : together(plan, members, trail);
    if (failures.isEmpty()) {
      return ending(plan, members, trail, plan.outcome(), "", List.of());
    }
    if (failures.stream().anyMatch(failure -> isDown(plan, failure))) {
      return afterDecision(plan, members, trail, failures);
    }
    if (failures.stream().anyMatch(failure -> failure.fenced() || failure.stopped())
        || undecided(plan, members, failures)) {
      return unknown(plan, members, trail, failures.get(0));
    }
    return revert(plan, members, trail, failures);
  }

  /** A single host needs no barrier: all that asks for no decision in between travels together. */
  private List<StepFailure> alone(Plan plan, List<Member> members, Trail trail) {
    List<Step> steps = plan.stages().stream().flatMap(stage -> stage.steps().stream()).toList();
    return FanOut.over(
            tools,
            members,
            member -> walk(plan, member, trail).through(steps, last(plan), decisive(plan)))
        .stream()
        .filter(failure -> matters(plan, failure))
        .toList();
  }

  private List<StepFailure> together(Plan plan, List<Member> members, Trail trail) {
    List<StepFailure> failures = forward(plan, members, trail);
    return failures.isEmpty() ? commit(plan, members, trail) : failures;
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

  private static boolean isDown(Plan plan, StepFailure failure) {
    return plan.downs().stream().anyMatch(step -> step.ref().equals(failure.step()));
  }

  /** The code is where it belongs; a database is not, or nobody can tell. */
  private Ending afterDecision(
      Plan plan, List<Member> members, Trail trail, List<StepFailure> failures) {
    if (failures.stream().anyMatch(failure -> failure.lost() || failure.fenced())) {
      return unknown(plan, members, trail, failures.get(0));
    }
    Step finish = new FinishStep(plan.run().runId(), Outcome.IN_DOUBT);
    FanOut.over(tools, members, member -> walk(plan, member, trail).finish(List.of(finish), 0))
        .forEach(this::warn);
    return ending(
        plan,
        members,
        trail,
        Outcome.IN_DOUBT,
        failures.stream()
            .map(f -> String.valueOf(f.getMessage()))
            .collect(Collectors.joining("\n")),
        failures);
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

  /** The failures of the decision itself; what fails after it has only warned. */
  private List<StepFailure> commit(Plan plan, List<Member> members, Trail trail) {
    List<Member> coordinator = members.stream().filter(Member::coordinator).toList();
    List<Member> others = members.stream().filter(member -> !member.coordinator()).toList();
    List<StepFailure> undecided =
        FanOut.over(
            tools,
            coordinator,
            member ->
                walk(plan, member, trail).finish(plan.commit().stream().toList(), decisive(plan)));
    if (!undecided.isEmpty()) {
      return undecided;
    }
    if (!plan.downs().isEmpty()) {
      FanOut.over(
              tools,
              others,
              member -> walk(plan, member, trail).finish(plan.commit().stream().toList(), 0))
          .forEach(this::warn);
      List<StepFailure> failures =
          FanOut.over(tools, members, member -> walk(plan, member, trail).forward(plan.downs()));
      if (failures.isEmpty()) {
        FanOut.over(tools, members, member -> walk(plan, member, trail).finish(plan.finish(), 0))
            .forEach(this::warn);
      }
      return failures;
    }
    FanOut.over(tools, others, member -> walk(plan, member, trail).finish(last(plan), 0))
        .forEach(this::warn);
    FanOut.over(tools, coordinator, member -> walk(plan, member, trail).finish(plan.finish(), 0))
        .forEach(this::warn);
    return List.of();
  }

  /** What fails after the commit only warns. */
  private boolean matters(Plan plan, StepFailure failure) {
    boolean late = plan.finish().stream().anyMatch(step -> step.ref().equals(failure.step()));
    if (late) {
      warn(failure);
    }
    return !late;
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
    Map<String, HealthVerdict> verdicts = new LinkedHashMap<>();
    Map<String, String> notes = new LinkedHashMap<>();
    for (Member member : members) {
      trail.verdict(member.name()).ifPresent(verdict -> verdicts.put(member.name(), verdict));
      notes.put(member.name(), trail.note(member.name()));
    }
    List<String> failed = failures.stream().map(StepFailure::host).distinct().toList();
    return new Ending(outcome, happened, failed, verdicts, notes, migrations(plan, trail), false);
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
