package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.engine.Ending;
import dev.cutover.engine.Engine;
import dev.cutover.error.CutoverException;
import dev.cutover.event.DeployEvent;
import dev.cutover.plan.Plan;
import dev.cutover.step.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * One run of a goal that changes hosts: connect, lock, settle what an interrupted run left, look,
 * decide, act, report.
 */
final class MutatingRun {

  private final Wiring wiring;
  private final DeployRequest request;
  private final Goal goal;
  private final Function<Scene, Decision> decide;
  private final Reporting reporting;
  private final String runId;

  MutatingRun(Wiring wiring, DeployRequest request, Goal goal, Function<Scene, Decision> decide) {
    this.wiring = wiring;
    this.request = request;
    this.goal = goal;
    this.decide = decide;
    this.reporting = new Reporting(wiring, request, goal);
    this.runId = wiring.runIds().get();
  }

  OutcomeReport run() {
    reporting.started();
    try {
      // The files are hashed while the connections are made: neither needs the other.
      CompletableFuture<Optional<Payload>> files = CompletableFuture.supplyAsync(this::assemble);
      try (Fleet fleet = connect(files)) {
        return reporting.ended(onHosts(fleet, join(files)));
      }
    } catch (CutoverException e) {
      return reporting.ended(reporting.refused(e));
    }
  }

  private Optional<Payload> assemble() {
    return request
        .bundle()
        .filter(spec -> goal == Goal.RELEASE || goal == Goal.STAGE)
        .map(spec -> wiring.bundler().assemble(spec, request.reports().resolve("unpacked")));
  }

  private Fleet connect(CompletableFuture<Optional<Payload>> files) {
    try {
      return Fleet.connect(wiring, request.targets());
    } catch (CutoverException e) {
      if (files.isCompletedExceptionally()) {
        join(files);
      }
      throw e;
    }
  }

  private OutcomeReport onHosts(Fleet fleet, Optional<Payload> payload) {
    payload.ifPresent(files -> fleet.ships().forEach(ship -> ship.host().expectUpload(files)));
    try (Locks locks = new Locks(wiring, request, goal, runId)) {
      List<Member> members = locks.acquire(fleet);
      try {
        return locked(members, payload, locks);
      } catch (CutoverException e) {
        locks.release(Outcome.NOTHING_CHANGED);
        return reporting.refused(e);
      }
    }
  }

  private OutcomeReport locked(List<Member> found, Optional<Payload> payload, Locks locks) {
    Settlement settlement = new Settlement(wiring, request, runId);
    List<Member> members = settlement.settle(found);
    try {
      return settled(settlement, members, payload, locks);
    } catch (Refusal refusal) {
      if (!settlement.settled()) {
        throw refusal;
      }
      locks.release(Outcome.NOTHING_CHANGED);
      return reporting.refusedAfterSettling(refusal, members);
    }
  }

  private OutcomeReport settled(
      Settlement settlement, List<Member> members, Optional<Payload> payload, Locks locks) {
    look(members, payload);
    Baseline baseline = new Baseline(wiring, request.spec());
    Scene scene = new Scene(request, goal, runId, members, payload, baseline.of(members));
    if (goal == Goal.ROLLBACK && settlement.wentBack() && request.releaseId().isEmpty()) {
      locks.release(Outcome.ROLLED_BACK);
      return reporting.rolledBack(members, settlement.left(), scene.baselines());
    }
    Decision decision = decide.apply(scene);
    if (decision instanceof Decision.Stay stay) {
      locks.release(Outcome.NOTHING_CHANGED);
      return reporting.nothingToDo(members, stay.why(), scene.baselines());
    }
    Plan plan = ((Decision.Go) decision).plan();
    ReleaseId subject = plan.run().subject();
    wiring
        .tools()
        .listener()
        .on(new DeployEvent.Planned(Optional.of(subject), Decisions.live(scene.coordinator())));
    warnings(members);
    Ending ending = new Engine(wiring.tools()).run(plan, members);
    return reporting.of(plan, members, ending);
  }

  /** Refuses, all hosts' problems at once, before anything is done. */
  private void look(List<Member> members, Optional<Payload> payload) {
    List<String> problems = new ArrayList<>();
    for (Member member : members) {
      for (String problem : Preflight.problems(member.facts(), payload)) {
        problems.add(member.name() + ": " + problem);
      }
      if (goal != Goal.PRUNE) {
        for (String problem :
            wiring.checkable().problems(request.spec().health(), member.host(), member.layout())) {
          problems.add(member.name() + ": " + problem);
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new Refusal(
          String.join("\n", problems),
          "put that right, then: " + request.goalCommand() + goal.word());
    }
  }

  private void warnings(List<Member> members) {
    if (request.spec().health().checks().isEmpty() && goal != Goal.STAGE && goal != Goal.PRUNE) {
      notice(
          "no health check is configured: a release counts as GOOD when the restart exits 0;"
              + " configure <health>");
    }
    for (Member member : members) {
      member
          .from()
          .filter(from -> Decisions.live(member).flatMap(member.history()::state).isEmpty())
          .ifPresent(
              from ->
                  wiring
                      .tools()
                      .listener()
                      .on(
                          new DeployEvent.Notice(
                              Optional.of(member.name()),
                              "current leads to " + from + ", which was not set by us: adopted")));
    }
  }

  private void notice(String text) {
    wiring.tools().listener().on(new DeployEvent.Warning(Optional.empty(), text));
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof CutoverException known) {
        throw known;
      }
      throw e;
    }
  }
}
