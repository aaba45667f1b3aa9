package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Identity;
import dev.cutover.domain.Layout;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.engine.Ending;
import dev.cutover.engine.Reading;
import dev.cutover.error.CutoverException;
import dev.cutover.event.DeployEvent;
import dev.cutover.plan.Plan;
import dev.cutover.step.Baselines;
import dev.cutover.step.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  OutcomeReport refusedAfterSettling(
      CutoverException e, List<Member> members, Map<String, String> damaged) {
    List<HostState> hosts =
        members.stream()
            .map(
                member ->
                    with(
                        state(
                            member.name(),
                            member.facts(),
                            Health.UNKNOWN,
                            "the interrupted run is settled"),
                        damaged))
            .toList();
    return refused(String.valueOf(e.getMessage()), e.next(), hosts);
  }

  /** Settling an interrupted run could not go on; what it had done by then shows on the hosts. */
  OutcomeReport refusedWhileSettling(CutoverException e, List<Member> members) {
    List<HostState> hosts =
        asRead(members).stream()
            .map(state -> state.and("an interrupted run is not settled yet"))
            .toList();
    return refused(String.valueOf(e.getMessage()), e.next(), hosts);
  }

  /** What an interrupted run had decided is not known: nothing was touched. */
  OutcomeReport undecided(CutoverException e, List<Member> members) {
    List<HostState> hosts =
        members.stream()
            .map(member -> state(member.name(), member.facts(), Health.UNKNOWN, ""))
            .map(state -> state.and("nothing was touched"))
            .toList();
    return report(
        Outcome.OUTCOME_UNKNOWN,
        Optional.empty(),
        Optional.empty(),
        request.project(),
        hosts,
        Ending.withoutPlan(Outcome.OUTCOME_UNKNOWN, String.valueOf(e.getMessage())),
        e.next());
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
  OutcomeReport nothingToDo(
      List<Member> members, String why, Baselines baselines, Map<String, String> damaged) {
    tell(new DeployEvent.Notice(Optional.empty(), why));
    Ending ending = Ending.withoutPlan(Outcome.NOTHING_CHANGED, "");
    return done(ending, members, live(members), baselines, damaged, "");
  }

  /** Settling an interrupted run did what the rollback was asked for. */
  OutcomeReport rolledBack(
      List<Member> members,
      Optional<ReleaseId> left,
      Baselines baselines,
      Map<String, String> damaged) {
    tell(
        new DeployEvent.Notice(
            Optional.empty(),
            "settling the interrupted run went back already: nothing more to do"));
    return done(Ending.withoutPlan(Outcome.ROLLED_BACK, ""), members, left, baselines, damaged, "");
  }

  /** What interrupted runs left is settled, if there was any. */
  OutcomeReport recovered(
      Outcome outcome,
      List<Member> members,
      List<MigrationState> migrations,
      Baselines baselines,
      Map<String, String> damaged) {
    if (outcome == Outcome.NOTHING_CHANGED) {
      tell(new DeployEvent.Notice(Optional.empty(), "no run was interrupted: nothing to settle"));
    }
    String next =
        baselines.anySick()
            ? "what is live is not healthy: %sstatus tells how".formatted(request.goalCommand())
            : "";
    Ending ending = Ending.withoutPlan(outcome, "").andMigrations(migrations);
    return done(ending, members, live(members), baselines, damaged, next);
  }

  /** What is live, where that is the same everywhere. */
  static Optional<ReleaseId> live(List<Member> members) {
    Set<Optional<ReleaseId>> live =
        members.stream().map(Decisions::live).collect(Collectors.toSet());
    return live.size() == 1 ? live.iterator().next() : Optional.empty();
  }

  private OutcomeReport done(
      Ending ending,
      List<Member> members,
      Optional<ReleaseId> previous,
      Baselines baselines,
      Map<String, String> damaged,
      String next) {
    List<HostState> hosts =
        members.stream()
            .map(
                member ->
                    with(state(member.name(), member.facts(), baselines.of(member), ""), damaged))
            .toList();
    boolean mixed = ending.outcome().success() && differ(hosts);
    return mixed
        ? mixed(hosts, ending)
        : report(ending.outcome(), live(members), previous, request.project(), hosts, ending, next);
  }

  /** The same, saying how what is live differs from what was sealed, where it does. */
  private static HostState with(HostState state, Map<String, String> damaged) {
    return Optional.ofNullable(damaged.get(state.host())).map(state::and).orElse(state);
  }

  /** It did what it had to do, and the hosts are not on one release all the same. */
  private OutcomeReport mixed(List<HostState> hosts, Ending ending) {
    Ending mixed = ending.with(Outcome.MIXED, sides(hosts));
    return report(
        Outcome.MIXED,
        Optional.empty(),
        Optional.empty(),
        request.project(),
        hosts,
        mixed,
        Next.together(request.goalCommand()));
  }

  private static boolean differ(List<HostState> hosts) {
    return hosts.stream().map(HostState::live).distinct().count() > 1;
  }

  /** Which hosts are on which release. */
  private static String sides(List<HostState> hosts) {
    Map<String, List<String>> sides = new LinkedHashMap<>();
    for (HostState host : hosts) {
      sides
          .computeIfAbsent(host.live().orElse("nothing"), live -> new ArrayList<>())
          .add(host.host());
    }
    return "the hosts are not all on one release: "
        + sides.entrySet().stream()
            .map(side -> side.getKey() + " is live on " + String.join(", ", side.getValue()))
            .collect(Collectors.joining("; "));
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

  /** The locks of some hosts were broken, and those of others were not, or nobody can tell. */
  OutcomeReport halfUnlocked(Outcome outcome, List<HostState> hosts, CutoverException e) {
    return report(
        outcome,
        Optional.empty(),
        Optional.empty(),
        request.project(),
        hosts,
        Ending.withoutPlan(outcome, String.valueOf(e.getMessage())),
        e.next());
  }

  /** A goal that only looks came to its end; a fault is a state with a message. */
  OutcomeReport looked(List<Sights.Seen> seen, Looking.Faults faults) {
    List<CutoverException> failures =
        seen.stream().flatMap(each -> each.failure().stream()).toList();
    if (failures.size() == seen.size()) {
      return refused(Fleet.joined(failures));
    }
    List<HostState> told =
        seen.stream()
            .filter(each -> each.failure().isEmpty())
            .flatMap(each -> each.state().stream())
            .toList();
    List<HostState> hosts = seen.stream().map(Reporting::state).toList();
    boolean mixed = goal == Goal.STATUS && differ(told);
    String happened =
        Stream.of(
                failures.stream().map(CutoverException::getMessage),
                mixed ? Stream.of(sides(told)) : Stream.<String>empty(),
                faults == Looking.Faults.NONE ? Stream.<String>empty() : faults(told))
            .flatMap(lines -> lines)
            .collect(Collectors.joining("\n"));
    boolean faulty = faults != Looking.Faults.NONE && faults(told).findAny().isPresent();
    Outcome outcome =
        mixed
            ? Outcome.MIXED
            : faulty && faults == Looking.Faults.DRIFT ? Outcome.DRIFTED : Outcome.NOTHING_CHANGED;
    List<String> next = new ArrayList<>();
    if (!failures.isEmpty()) {
      next.add(Fleet.joined(failures).next());
    }
    if (mixed) {
      next.add(Next.together(request.goalCommand()));
    } else if (faulty) {
      next.add(request.goalCommand() + nextAfter(faults));
    }
    return report(
        outcome,
        Optional.empty(),
        Optional.empty(),
        request.project(),
        hosts,
        Ending.withoutPlan(outcome, happened),
        next.stream().filter(line -> !line.isEmpty()).collect(Collectors.joining("\n")));
  }

  private static Stream<String> faults(List<HostState> hosts) {
    return hosts.stream()
        .filter(host -> !host.message().isEmpty())
        .map(host -> host.host() + ": " + host.message());
  }

  private static HostState state(Sights.Seen seen) {
    return seen.state()
        .orElseGet(
            () ->
                unread(
                    seen.name(),
                    seen.failure().map(CutoverException::getMessage).orElse("no answer")));
  }

  private static String nextAfter(Looking.Faults faults) {
    return faults == Looking.Faults.DRIFT ? "release -Ddeploy.force" : "check";
  }

  /** The engine ran a plan. What its hosts do not prove themselves is read there. */
  OutcomeReport of(Plan plan, List<Member> members, Ending ending) {
    boolean proven =
        members.size() == 1 && ending.outcome().success() && ending.decided() != Ending.Decided.YES;
    if (proven) {
      HostState host = asPlanned(plan, members.get(0), ending);
      return of(plan, members, ending, List.of(host));
    }
    Standing standing =
        new Standing(plan, ending, Reading.of(wiring.tools(), members, request.spec().shared()));
    return of(
        plan, members, ending.with(standing.outcome(), standing.happened()), standing.hosts());
  }

  private OutcomeReport of(Plan plan, List<Member> members, Ending ending, List<HostState> hosts) {
    return report(
            ending.outcome(),
            Optional.of(plan.run().subject()),
            live(members),
            plan.run().identity(),
            hosts,
            ending,
            Next.after(plan, members, ending, request.goalCommand()))
        .after(before(members));
  }

  /** What was live on each, where that was not the same on all of them. */
  private static Map<String, String> before(List<Member> members) {
    Map<String, String> before = new LinkedHashMap<>();
    members.forEach(
        member ->
            before.put(
                member.name(),
                member.from().map(from -> name(member.layout(), from)).orElse("nothing")));
    return new HashSet<>(before.values()).size() > 1 ? before : Map.of();
  }

  private static String name(Layout layout, RemotePath live) {
    return layout.releaseAt(live).map(ReleaseId::value).orElse(live.value());
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
        live || ending.outcome() != Outcome.STAGED
            ? ending.notes().getOrDefault(member.name(), "")
            : "release " + subject + " is sealed");
  }

  private List<HostState> asRead(List<Member> members) {
    return Reading.of(wiring.tools(), members, request.spec().shared()).stream()
        .map(Reporting::asRead)
        .toList();
  }

  /** Of a host that could not be read nothing is known but why. */
  static HostState unread(Reading reading) {
    return unread(reading.member().name(), reading.problem());
  }

  private static HostState unread(String name, String problem) {
    return HostState.unread(name, problem);
  }

  private static HostState asRead(Reading reading) {
    String name = reading.member().name();
    return reading
        .facts()
        .map(facts -> state(name, facts, Health.UNKNOWN, ""))
        .orElseGet(() -> unread(reading));
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
        .map(asked -> asked.verdict().health())
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
