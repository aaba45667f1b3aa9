package dev.cutover.app;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.JournalEntry.RunEnded;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.Run;
import dev.cutover.error.CutoverException;
import dev.cutover.event.DeployEvent;
import dev.cutover.step.Member;
import dev.cutover.step.StillSickException;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settles what an interrupted run left, before anything new is done: without its COMMIT record each
 * host goes back to what was live when that run began; with it, what it decided is written down.
 */
final class Settlement {

  private final Wiring wiring;
  private final DeployRequest request;
  private final String runId;
  private boolean settled;
  private boolean wentBack;
  private Optional<ReleaseId> left = Optional.empty();

  Settlement(Wiring wiring, DeployRequest request, String runId) {
    this.wiring = wiring;
    this.request = request;
    this.runId = runId;
  }

  /**
   * The members as they are afterwards.
   *
   * @throws Refusal when something could not be settled; what it is stays written down
   */
  List<Member> settle(List<Member> members) {
    List<Member> after = new ArrayList<>();
    for (Member member : members) {
      Optional<Run> open = member.history().unfinished(runId);
      List<ReleaseId> orphans = orphans(member, open);
      if (open.isEmpty() && orphans.isEmpty()) {
        after.add(member);
        continue;
      }
      open.ifPresent(run -> settle(member, run, members));
      sweep(member, orphans);
      after.add(reread(member));
    }
    return List.copyOf(after);
  }

  /** Whether there was a run to settle. */
  boolean settled() {
    return settled;
  }

  /**
   * Whether settling did what a rollback is asked for: it took an undecided release back, or
   * finished a rollback. One more step back would be one too many.
   */
  boolean wentBack() {
    return wentBack;
  }

  /** The release that was taken back, or that the rollback left. */
  Optional<ReleaseId> left() {
    return left;
  }

  private void settle(Member member, Run open, List<Member> members) {
    tell(
        member,
        "settling the interrupted deploy:%s of %s (%s)"
            .formatted(open.started().goal().word(), open.started().owner(), open.at()));
    Goal goal = open.started().goal();
    if (decided(open, members)) {
      perform(member, forward(open));
      settled = true;
      wentBack |= goal == Goal.ROLLBACK;
      left = open.started().from().flatMap(member.layout()::releaseAt);
      return;
    }
    Interrupted interrupted = new Interrupted(member, open, request);
    for (String migration : interrupted.unknownMigrations()) {
      warn(member, "migration " + migration + " is not configured any more: its change stays");
    }
    try {
      interrupted.takeBack(wiring.tools());
    } catch (CutoverException e) {
      if (!(e.getCause() instanceof StillSickException)) {
        throw new Refusal(
            "%s: an interrupted run could not be settled: %s"
                .formatted(member.name(), e.getMessage()),
            "put right what it names, then the same goal again");
      }
      warn(member, String.valueOf(e.getMessage()));
    }
    perform(
        member, List.of(new HostOp.Append(new RunEnded(open.started().runId(), Outcome.REVERTED))));
    settled = true;
    wentBack |= goal == Goal.RELEASE || goal == Goal.ACTIVATE;
    left = open.subject();
  }

  /** Whether the run had decided: its COMMIT stands on any host that took part. */
  private boolean decided(Run open, List<Member> members) {
    String id = open.started().runId();
    if (members.stream()
        .anyMatch(member -> member.history().run(id).flatMap(Run::commit).isPresent())) {
      return true;
    }
    String coordinator = open.started().members().stream().findFirst().orElse("");
    boolean here =
        members.stream().anyMatch(member -> member.host().target().url().equals(coordinator));
    if (!here && open.started().members().size() > 1) {
      throw new Refusal(
          "an interrupted run over several hosts was decided on "
              + coordinator
              + ", which is not among the targets, so it cannot be settled",
          "run the goal with all of its targets: " + String.join(",", open.started().members()));
    }
    return false;
  }

  private static List<HostOp> forward(Run open) {
    String id = open.started().runId();
    List<HostOp> ops = new ArrayList<>();
    open.commit()
        .flatMap(commit -> commit.id())
        .or(open::subject)
        .ifPresent(
            release ->
                ops.add(
                    new HostOp.Append(
                        new StateChanged(id, release, ReleaseState.GOOD, "settled"))));
    boolean rollback = open.started().goal() == Goal.ROLLBACK;
    ops.add(new HostOp.Append(new RunEnded(id, rollback ? Outcome.ROLLED_BACK : Outcome.RELEASED)));
    return ops;
  }

  /** Uploads that never became a release. Under the lock they can be nobody else's. */
  private static List<ReleaseId> orphans(Member member, Optional<Run> open) {
    return member.facts().staged().stream()
        .filter(id -> open.flatMap(Run::subject).filter(id::equals).isEmpty())
        .filter(id -> !member.history().state(id).equals(Optional.of(ReleaseState.SEALED)))
        .toList();
  }

  private void sweep(Member member, List<ReleaseId> orphans) {
    if (!orphans.isEmpty()) {
      perform(
          member,
          orphans.stream()
              .<HostOp>map(
                  id ->
                      new HostOp.Quarantine(
                          runId, id, ReleaseState.FAILED, "its upload was interrupted"))
              .toList());
    }
  }

  private void perform(Member member, List<HostOp> ops) {
    List<OpResult> results = member.perform(ops, OpListener.SILENT);
    OpResult last = results.get(results.size() - 1);
    if (!last.ok()) {
      throw new Refusal(
          "%s: an interrupted run could not be settled: %s"
              .formatted(member.name(), last.message().strip()),
          request.goalCommand() + "status");
    }
  }

  private Member reread(Member member) {
    return member.with(
        member
            .host()
            .facts(new FactsQuery(member.host().target().root(), request.spec().shared())));
  }

  private void tell(Member member, String text) {
    wiring.tools().listener().on(new DeployEvent.Notice(Optional.of(member.name()), text));
  }

  private void warn(Member member, String text) {
    wiring.tools().listener().on(new DeployEvent.Warning(Optional.of(member.name()), text));
  }
}
