package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.Run;
import dev.cutover.engine.Ending;
import dev.cutover.engine.Engine;
import dev.cutover.error.CutoverException;
import dev.cutover.error.FencedException;
import dev.cutover.error.OwnFaultException;
import dev.cutover.event.DeployEvent;
import dev.cutover.plan.Plan;
import dev.cutover.step.Baselines;
import dev.cutover.step.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    } catch (RuntimeException e) {
      // The outcome stays the unknown one that was written first: the next run settles.
      throw new OwnFaultException(
          e,
          "%sstatus tells what stands; the same goal again settles what this run left"
              .formatted(request.goalCommand()));
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
        List<String> lost = locks.release(Outcome.NOTHING_CHANGED);
        return reporting.refused(lost.isEmpty() ? e : takenOver(e, lost));
      }
    }
  }

  /** What stopped it may only be how it came to know that its lock is another's. */
  private static CutoverException takenOver(CutoverException e, List<String> hosts) {
    CutoverException fenced = new FencedException(String.join(", ", hosts));
    return new CutoverException(e.getMessage() + "\n" + fenced.getMessage(), fenced.next(), e);
  }

  private OutcomeReport locked(List<Member> found, Optional<Payload> payload, Locks locks) {
    Settlement settlement = new Settlement(wiring, request, goal, runId);
    List<Member> members;
    try {
      members = settlement.settle(found);
    } catch (UndecidedException e) {
      locks.release(Outcome.NOTHING_CHANGED);
      return reporting.undecided(e, found);
    } catch (CutoverException e) {
      List<String> lost = locks.release(Outcome.NOTHING_CHANGED);
      if (!lost.isEmpty()) {
        throw takenOver(e, lost);
      }
      return reporting.refusedWhileSettling(e, found);
    }
    try {
      return settled(settlement, members, payload, locks);
    } catch (Refusal refusal) {
      if (!settlement.settled()) {
        throw refusal;
      }
      locks.release(Outcome.NOTHING_CHANGED);
      return reporting.refusedAfterSettling(refusal, members, settlement.damaged());
    }
  }

  private OutcomeReport settled(
      Settlement settlement, List<Member> members, Optional<Payload> payload, Locks locks) {
    if (goal == Goal.RECOVER) {
      return recovered(settlement, members, locks);
    }
    if (!settlement.doubts().isEmpty() && goal != Goal.RESTORE) {
      return doubtful(settlement, members, locks);
    }
    look(members, payload);
    Baseline baseline = new Baseline(wiring, request.spec());
    Scene scene = new Scene(request, goal, runId, members, payload, baseline.of(members));
    boolean wentBack = settlement.wentBack() || rolledBack(members, locks);
    if (goal == Goal.ROLLBACK && wentBack && request.releaseId().isEmpty()) {
      locks.release(Outcome.ROLLED_BACK);
      return reporting.rolledBack(
          members, settlement.left(), scene.baselines(), settlement.damaged());
    }
    Decision decision = decide.apply(scene);
    if (decision instanceof Decision.Stay stay) {
      locks.release(Outcome.NOTHING_CHANGED);
      return reporting.nothingToDo(members, stay.why(), scene.baselines(), settlement.damaged());
    }
    Plan plan = ((Decision.Go) decision).plan();
    ReleaseId subject = plan.run().subject();
    new Intact(wiring, scene, subject).require();
    wiring
        .tools()
        .listener()
        .on(
            new DeployEvent.Planned(
                Optional.of(subject), Reporting.live(members), Decisions.apart(members)));
    warnings(members);
    if (plan.commit().isPresent()) {
      leftBehind(members);
    }
    List<MigrationState> kept = keptByRollback(scene, plan);
    Ending ending = new Engine(wiring.tools()).run(plan, members);
    // What a rollback leaves in the databases is told only of one that has happened.
    return reporting.of(
        plan, members, ending.outcome().success() ? ending.andMigrations(kept) : ending);
  }

  /** Whether a rollback came to its end and only did not give its lock back. */
  private static boolean rolledBack(List<Member> members, Locks locks) {
    return members.stream()
        .flatMap(
            member -> locks.takenOver().stream().flatMap(id -> member.history().run(id).stream()))
        .anyMatch(run -> run.end().equals(Optional.of(Outcome.ROLLED_BACK)));
  }

  /** Settling is all that {@code deploy:recover} does. */
  private OutcomeReport recovered(Settlement settlement, List<Member> found, Locks locks) {
    List<Member> members = found;
    boolean judged = request.found().isPresent();
    if (judged) {
      members = new Judging(wiring, request, runId).judge(found);
    }
    Set<String> left = new HashSet<>(settlement.inDoubt());
    request.found().map(DeployRequest.Found::migration).ifPresent(left::remove);
    if (!left.isEmpty()) {
      return doubtful(settlement, members, locks);
    }
    boolean done = settlement.settled() || judged;
    Outcome outcome = done ? Outcome.RECOVERED : Outcome.NOTHING_CHANGED;
    Baselines health = new Baseline(wiring, request.spec()).of(members);
    locks.release(outcome);
    // Settling leaves what only a person can tell: who asked for it must not take that for done.
    MigrationsAtStake databases = new MigrationsAtStake(request);
    members.stream()
        .flatMap(member -> databases.dirty(member).stream())
        .distinct()
        .forEach(this::notice);
    return reporting.recovered(
        outcome, members, settlement.migrations(), health, settlement.damaged());
  }

  /** What an interrupted run left of a database cannot be told: here the goal ends. */
  private OutcomeReport doubtful(Settlement settlement, List<Member> members, Locks locks) {
    locks.release(Outcome.IN_DOUBT);
    return reporting.inDoubt(members, settlement.doubts(), settlement.inDoubt());
  }

  /** Refuses, all hosts' problems at once, before anything is done. */
  private void look(List<Member> members, Optional<Payload> payload) {
    List<String> problems = new ArrayList<>();
    Optional<Footprint> needed = payload.map(files -> request.footprint(files));
    for (Member member : members) {
      for (String problem : Preflight.problems(member.facts(), needed)) {
        problems.add(member.name() + ": " + problem);
      }
      if (goal != Goal.PRUNE && goal != Goal.DISCARD) {
        for (String problem :
            wiring.checkable().problems(request.spec().health(), member.host(), member.layout())) {
          problems.add(member.name() + ": " + problem);
        }
      }
    }
    problems.addAll(new MigrationsAtStake(request).dirty(goal, members));
    if (!problems.isEmpty()) {
      throw new Refusal(
          String.join("\n", problems),
          "put that right, then: " + request.goalCommand() + goal.word());
    }
  }

  /** A rollback leaves the databases as they are, unless it was asked for more, and says so. */
  private List<MigrationState> keptByRollback(Scene scene, Plan plan) {
    if (goal != Goal.ROLLBACK || request.undoMigrations()) {
      return List.of();
    }
    List<KnownMigration> passed =
        new MigrationsAtStake(request).passedOver(scene.members(), plan.run().subject());
    if (!passed.isEmpty()) {
      notice(
          "the migrations of the releases that are left stay, with all data written since: "
              + passed.stream()
                  .map(known -> known.migration() + " of " + known.release())
                  .distinct()
                  .collect(Collectors.joining(", "))
              + "; -Ddeploy.migrations=down takes them back too");
    }
    return passed.stream()
        .map(KnownMigration::migration)
        .distinct()
        .map(id -> new MigrationState(id, "kept"))
        .toList();
  }

  private void warnings(List<Member> members) {
    boolean asks = goal != Goal.STAGE && goal != Goal.PRUNE && goal != Goal.DISCARD;
    if (request.spec().health().checks().isEmpty() && asks) {
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

  /** Who goes live on some hosts of a set hears which of them stay on what they have. */
  private void leftBehind(List<Member> members) {
    String others =
        members.stream()
            .flatMap(member -> lastLive(member).stream())
            .flatMap(run -> Absent.of(run, request.targets()).stream())
            .distinct()
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      notice("not among the targets, so they stay on what is live there: " + others);
    }
  }

  /** The run that made live here what is live, or was before somebody moved {@code current}. */
  private static Optional<Run> lastLive(Member member) {
    return member.history().runs().stream()
        .filter(run -> run.commit().isPresent() && !run.takenBack())
        .reduce((older, newer) -> newer);
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
