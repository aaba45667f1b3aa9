package dev.cutover.app;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Identity;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.engine.Ending;
import dev.cutover.error.CutoverException;
import dev.cutover.event.DeployEvent;
import dev.cutover.health.HealthVerdict;
import dev.cutover.plan.Plan;
import dev.cutover.step.Baselines;
import dev.cutover.step.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the report of a run. What stands on the hosts is read there, not remembered. */
final class Reporting {

  private final Wiring wiring;
  private final DeployRequest request;
  private final Goal goal;
  private final Instant start;

  Reporting(Wiring wiring, DeployRequest request, Goal goal) {
    this.wiring = wiring;
    this.request = request;
    this.goal = goal;
    this.start = wiring.tools().clock().instant();
  }

  void started() {
    var names = Fleet.names(request.targets());
    List<String> hosts = request.targets().stream().map(t -> names.getOrDefault(t, "")).toList();
    tell(new DeployEvent.RunStarted(goal, request.project(), hosts));
  }

  OutcomeReport ended(OutcomeReport report) {
    tell(new DeployEvent.RunEnded(report));
    return report;
  }

  /** Nothing was done, because something speaks against it. */
  OutcomeReport refused(CutoverException e) {
    return refused(String.valueOf(e.getMessage()), e.next(), List.of());
  }

  /** Nothing was done but to settle an interrupted run, after which something spoke against it. */
  OutcomeReport refusedAfterSettling(CutoverException e, List<Member> members) {
    List<HostState> hosts =
        members.stream()
            .map(
                member ->
                    state(
                        member.name(),
                        member.facts(),
                        Health.UNKNOWN,
                        "the interrupted run is settled"))
            .toList();
    return refused(String.valueOf(e.getMessage()), e.next(), hosts);
  }

  /** Settling an interrupted run could not go on; what it had done by then shows on the hosts. */
  OutcomeReport refusedWhileSettling(CutoverException e, List<Member> members) {
    Ending ending = Ending.withoutPlan(Outcome.NOTHING_CHANGED, String.valueOf(e.getMessage()));
    List<HostState> hosts =
        members.stream()
            .map(member -> asRead(member, ending))
            .map(state -> state.and("an interrupted run is not settled yet"))
            .toList();
    return refused(String.valueOf(e.getMessage()), e.next(), hosts);
  }

  private OutcomeReport refused(String happened, String next, List<HostState> hosts) {
    return report(
        Outcome.NOTHING_CHANGED,
        Optional.empty(),
        Optional.empty(),
        request.project(),
        hosts,
        Ending.withoutPlan(Outcome.NOTHING_CHANGED, happened),
        next);
  }

  /** An interrupted run was settled as far as could be; of its databases it cannot be told. */
  OutcomeReport inDoubt(List<Member> members, List<String> doubts, Set<String> migrations) {
    List<HostState> hosts =
        members.stream()
            .map(
                member ->
                    state(
                        member.name(),
                        member.facts(),
                        Health.UNKNOWN,
                        "the code is as it was before the interrupted run"))
            .toList();
    List<MigrationState> states =
        migrations.stream().sorted().map(id -> new MigrationState(id, "in doubt")).toList();
    return report(
        Outcome.IN_DOUBT,
        live(members),
        Optional.empty(),
        request.project(),
        hosts,
        Ending.withoutPlan(Outcome.IN_DOUBT, String.join("\n", doubts)).andMigrations(states),
        Next.lookAt(states, request.goalCommand()));
  }

  /** Nothing was done, because nothing had to be. */
  OutcomeReport nothingToDo(List<Member> members, String why, Baselines baselines) {
    tell(new DeployEvent.Notice(Optional.empty(), why));
    Ending ending = Ending.withoutPlan(Outcome.NOTHING_CHANGED, "");
    return done(ending, members, live(members), baselines, "");
  }

  /** Settling an interrupted run did what the rollback was asked for. */
  OutcomeReport rolledBack(List<Member> members, Optional<ReleaseId> left, Baselines baselines) {
    tell(
        new DeployEvent.Notice(
            Optional.empty(),
            "settling the interrupted run went back already: nothing more to do"));
    return done(Ending.withoutPlan(Outcome.ROLLED_BACK, ""), members, left, baselines, "");
  }

  /** What interrupted runs left is settled, if there was any. */
  OutcomeReport recovered(
      Outcome outcome, List<Member> members, List<MigrationState> migrations, Baselines baselines) {
    if (outcome == Outcome.NOTHING_CHANGED) {
      tell(new DeployEvent.Notice(Optional.empty(), "no run was interrupted: nothing to settle"));
    }
    String next =
        baselines.anySick()
            ? "what is live is not healthy: %sstatus tells how".formatted(request.goalCommand())
            : "";
    Ending ending = Ending.withoutPlan(outcome, "").andMigrations(migrations);
    return done(ending, members, live(members), baselines, next);
  }

  private static Optional<ReleaseId> live(List<Member> members) {
    return members.stream().findFirst().flatMap(Decisions::live);
  }

  private OutcomeReport done(
      Ending ending,
      List<Member> members,
      Optional<ReleaseId> previous,
      Baselines baselines,
      String next) {
    List<HostState> hosts =
        members.stream()
            .map(member -> state(member.name(), member.facts(), baselines.of(member), ""))
            .toList();
    return report(
        ending.outcome(), live(members), previous, request.project(), hosts, ending, next);
  }

  /** A goal went well without a plan. */
  OutcomeReport plain(Outcome outcome, List<HostState> hosts, String next) {
    return report(
        outcome,
        Optional.empty(),
        Optional.empty(),
        request.project(),
        hosts,
        Ending.withoutPlan(outcome, ""),
        next);
  }

  /** A goal that only looks came to its end; a fault is a state with a message. */
  OutcomeReport looked(List<HostState> hosts, Reading.Faults faults) {
    String happened =
        faults == Reading.Faults.NONE
            ? ""
            : hosts.stream()
                .filter(host -> !host.message().isEmpty())
                .map(host -> host.host() + ": " + host.message())
                .collect(Collectors.joining("\n"));
    Outcome outcome =
        !happened.isEmpty() && faults == Reading.Faults.DRIFT
            ? Outcome.DRIFTED
            : Outcome.NOTHING_CHANGED;
    return report(
        outcome,
        Optional.empty(),
        Optional.empty(),
        request.project(),
        hosts,
        Ending.withoutPlan(outcome, happened),
        happened.isEmpty() ? "" : request.goalCommand() + nextAfter(faults));
  }

  private static String nextAfter(Reading.Faults faults) {
    return faults == Reading.Faults.DRIFT ? "release -Ddeploy.force" : "check";
  }

  /** The engine ran a plan. */
  OutcomeReport of(Plan plan, List<Member> members, Ending ending) {
    List<HostState> hosts =
        members.stream()
            .map(
                member ->
                    ending.outcome().success()
                        ? asPlanned(plan, member, ending)
                        : asRead(member, ending))
            .toList();
    return report(
        ending.outcome(),
        Optional.of(plan.run().subject()),
        Decisions.live(members.get(0)),
        plan.run().identity(),
        hosts,
        ending,
        Next.after(plan, members, ending, request.goalCommand()));
  }

  private HostState asPlanned(Plan plan, Member member, Ending ending) {
    boolean live = plan.commit().isPresent();
    ReleaseId subject = plan.run().subject();
    return new HostState(
        member.name(),
        live ? Optional.of(subject.value()) : Decisions.live(member).map(ReleaseId::value),
        live
            ? Optional.of(ReleaseState.GOOD)
            : Decisions.live(member).flatMap(member.history()::state),
        health(ending, member.name()),
        live ? "" : "release " + subject + " is sealed");
  }

  private HostState asRead(Member member, Ending ending) {
    String note = ending.notes().getOrDefault(member.name(), "");
    try {
      HostFacts facts =
          member
              .host()
              .facts(new FactsQuery(member.host().target().root(), request.spec().shared()));
      return state(member.name(), facts, health(ending, member.name()), note);
    } catch (CutoverException e) {
      return new HostState(
          member.name(),
          Optional.empty(),
          Optional.empty(),
          Health.UNKNOWN,
          "cannot be read: " + e.getMessage());
    }
  }

  static HostState state(String name, HostFacts facts, Health health, String note) {
    Optional<RemotePath> live = facts.current().live();
    Optional<ReleaseId> id = live.flatMap(facts.layout()::releaseAt);
    return new HostState(
        name,
        id.map(ReleaseId::value).or(() -> live.map(RemotePath::value)),
        id.flatMap(HostHistory.of(facts.journal())::state),
        health,
        note);
  }

  private static Health health(Ending ending, String member) {
    return Optional.ofNullable(ending.verdicts().get(member))
        .map(HealthVerdict::health)
        .orElse(Health.UNKNOWN);
  }

  private OutcomeReport report(
      Outcome outcome,
      Optional<ReleaseId> release,
      Optional<ReleaseId> previous,
      Identity identity,
      List<HostState> hosts,
      Ending ending,
      String next) {
    return new OutcomeReport(
        outcome,
        goal,
        release,
        previous,
        identity.version(),
        identity.revision(),
        start,
        Duration.between(start, wiring.tools().clock().instant()),
        hosts,
        ending.migrations(),
        ending.happened(),
        next);
  }

  private void tell(DeployEvent event) {
    wiring.tools().listener().on(event);
  }
}
