package dev.cutover.app;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.Payload;
import dev.cutover.error.CutoverException;
import dev.cutover.event.DeployEvent;
import dev.cutover.step.Baselines;
import dev.cutover.step.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code deploy:plan}: the very plan a release would make of the hosts as they are, printed. */
final class Planning {

  private final Wiring wiring;
  private final DeployRequest request;
  private final Reporting reporting;

  Planning(Wiring wiring, DeployRequest request) {
    this.wiring = wiring;
    this.request = request;
    this.reporting = new Reporting(wiring, request, Goal.PLAN);
  }

  OutcomeReport run() {
    reporting.started();
    try (Fleet fleet = Fleet.connect(wiring, request.targets())) {
      Optional<Payload> payload =
          request
              .bundle()
              .map(spec -> wiring.bundler().assemble(spec, request.reports().resolve("unpacked")));
      List<Member> members = fleet.ships().stream().map(this::unlocked).toList();
      tellWhatStopsIt(members, payload);
      Baselines baselines = new Baseline(wiring, request.spec()).of(members);
      Scene scene = new Scene(request, Goal.RELEASE, NO_RUN, members, payload, baselines);
      Decision decision = Decisions.release(scene);
      if (decision instanceof Decision.Stay stay) {
        return reporting.ended(reporting.nothingToDo(members, stay.why(), baselines, Map.of()));
      }
      wiring
          .tools()
          .listener()
          .on(new DeployEvent.PlanMade(((Decision.Go) decision).plan().view(members)));
      return reporting.ended(
          reporting.plain(Outcome.NOTHING_CHANGED, states(members, baselines), ""));
    } catch (CutoverException e) {
      return reporting.ended(reporting.refused(e));
    }
  }

  private static final String NO_RUN = "0000000000000000";

  private static List<HostState> states(List<Member> members, Baselines baselines) {
    return members.stream()
        .map(member -> Reporting.state(member.name(), member.facts(), baselines.of(member), ""))
        .toList();
  }

  /** A member without a lock: its token opens nothing, since no host ever gives sequence 0. */
  private Member unlocked(Fleet.Ship ship) {
    HostFacts facts =
        ship.host().facts(new FactsQuery(ship.host().target().root(), request.spec().shared()));
    LockToken none = new LockToken(0, NO_RUN, "plan", Goal.PLAN.word(), facts.clock());
    boolean coordinator = ship.host().target().equals(request.targets().get(0));
    return new Member(ship.name(), ship.host(), none, facts, coordinator);
  }

  private void tellWhatStopsIt(List<Member> members, Optional<Payload> payload) {
    List<String> problems = new ArrayList<>();
    Twins twins = new Twins();
    for (Member member : members) {
      twins.problem(member.host().target().url(), member.facts()).ifPresent(problems::add);
      Preflight.problems(member.facts(), payload.map(request::footprint))
          .forEach(problem -> problems.add(member.name() + ": " + problem));
      member
          .facts()
          .lock()
          .ifPresent(lock -> notice(member, "the lock is held by " + Locks.words(lock)));
      member
          .history()
          .unfinished("")
          .ifPresent(
              run ->
                  notice(
                      member,
                      "an unfinished deploy:%s would be settled first"
                          .formatted(run.started().goal().word())));
    }
    problems.addAll(new MigrationsAtStake(request).dirty(Goal.RELEASE, members));
    if (!problems.isEmpty()) {
      throw new Refusal(String.join("\n", problems), request.goalCommand() + "plan");
    }
  }

  private void notice(Member member, String text) {
    wiring.tools().listener().on(new DeployEvent.Notice(Optional.of(member.name()), text));
  }
}
