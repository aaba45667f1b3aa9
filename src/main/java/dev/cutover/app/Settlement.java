package dev.cutover.app;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.JournalEntry.RunEnded;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.Run;
import dev.cutover.event.DeployEvent;
import dev.cutover.step.Member;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settles what an interrupted run left, before anything new is done: without its COMMIT record each
 * host goes back to what was live when that run began; with it, what it decided is written down.
 */
final class Settlement {

  private final Wiring wiring;
  private final DeployRequest request;
  private final String runId;

  Settlement(Wiring wiring, DeployRequest request, String runId) {
    this.wiring = wiring;
    this.request = request;
    this.runId = runId;
  }

  /** The members as they are afterwards. */
  List<Member> settle(List<Member> members) {
    List<Member> settled = new ArrayList<>();
    for (Member member : members) {
      Optional<Run> open = member.history().unfinished(runId);
      settled.add(open.isEmpty() ? member : settle(member, open.get(), members));
    }
    return List.copyOf(settled);
  }

  private Member settle(Member member, Run open, List<Member> members) {
    List<HostOp> ops = decided(open, members) ? forward(open) : back(member, open);
    tell(
        member,
        "settling the interrupted deploy:%s of %s (%s)"
            .formatted(open.started().goal().word(), open.started().owner(), open.at()));
    List<OpResult> results = member.perform(ops, OpListener.SILENT);
    OpResult last = results.get(results.size() - 1);
    if (!last.ok()) {
      throw new Refusal(
          "%s: an interrupted run could not be settled: %s"
              .formatted(member.name(), last.message().strip()),
          request.goalCommand() + "status");
    }
    return reread(member);
  }

  /** Whether the run had decided: its COMMIT stands on any host that took part. */
  private boolean decided(Run open, List<Member> members) {
    String id = open.started().runId();
    boolean committed =
        members.stream()
            .anyMatch(member -> member.history().run(id).flatMap(Run::commit).isPresent());
    if (committed) {
      return true;
    }
    String coordinator = open.started().members().stream().findFirst().orElse("");
    boolean here =
        members.stream().anyMatch(member -> member.host().target().url().equals(coordinator));
    boolean alone = open.started().members().size() <= 1;
    if (!here && !alone) {
      throw new Refusal(
          "an interrupted run over several hosts was decided on "
              + coordinator
              + ", which is not among the targets, so it cannot be settled",
          "run the goal with all of its targets: " + String.join(",", open.started().members()));
    }
    return false;
  }

  private static List<HostOp> forward(Run open) {
    List<HostOp> ops = new ArrayList<>();
    open.commit()
        .flatMap(commit -> commit.id())
        .or(open::subject)
        .ifPresent(
            id ->
                ops.add(
                    new HostOp.Append(
                        new StateChanged(
                            open.started().runId(), id, ReleaseState.GOOD, "settled"))));
    ops.add(
        new HostOp.Append(
            new RunEnded(
                open.started().runId(),
                open.started().goal() == Goal.ROLLBACK ? Outcome.ROLLED_BACK : Outcome.RELEASED)));
    return ops;
  }

  private List<HostOp> back(Member member, Run open) {
    List<HostOp> ops = new ArrayList<>();
    Optional<RemotePath> now = member.from();
    Optional<RemotePath> from = open.started().from();
    boolean moved = !now.equals(from);
    if (moved) {
      flipBack(open, now, from).ifPresent(ops::add);
      request
          .spec()
          .restart()
          .ifPresent(
              restart ->
                  ops.add(
                      new HostOp.Run(
                          new HostOp.CommandRun(
                              "restart-settle",
                              // A first release may leave nothing that can be restarted.
                              from.isPresent() ? restart.run() : "(" + restart.run() + ") || :",
                              from.or(() -> now).orElse(member.layout().root()),
                              environment(member, from.or(() -> now)),
                              Math.max(1, restart.timeout().toSeconds()),
                              open.subject()))));
    }
    left(open, member)
        .ifPresent(
            id ->
                ops.add(
                    new HostOp.Quarantine(
                        open.started().runId(),
                        id,
                        open.switches().isEmpty() && !moved
                            ? ReleaseState.FAILED
                            : ReleaseState.REVERTED,
                        "its run was interrupted")));
    ops.add(new HostOp.Append(new RunEnded(open.started().runId(), Outcome.REVERTED)));
    return ops;
  }

  private Optional<HostOp> flipBack(Run open, Optional<RemotePath> now, Optional<RemotePath> from) {
    return from.<HostOp>map(
            path -> new HostOp.Switch(open.started().runId(), path, now, Optional.empty()))
        .or(() -> now.map(path -> new HostOp.RemoveCurrent(open.started().runId(), path)));
  }

  /** What the run made and did not finish; a rollback made nothing. */
  private static Optional<ReleaseId> left(Run open, Member member) {
    if (open.started().goal() != Goal.RELEASE
        && open.started().goal() != Goal.ACTIVATE
        && open.started().goal() != Goal.STAGE) {
      return Optional.empty();
    }
    Optional<ReleaseId> from = open.started().from().flatMap(member.layout()::releaseAt);
    return open.subject().filter(id -> !from.equals(Optional.of(id)));
  }

  private static Map<String, String> environment(Member member, Optional<RemotePath> path) {
    Map<String, String> environment = new HashMap<>();
    environment.put("DEPLOY_ROOT", member.layout().root().value());
    environment.put("CURRENT_PATH", member.layout().current().value());
    environment.put("SHARED_PATH", member.layout().shared().value());
    environment.put("DEPLOY_HOST", member.host().target().host());
    path.ifPresent(
        live -> {
          environment.put("RELEASE_PATH", live.value());
          environment.put("RELEASE_ID", live.name());
        });
    return environment;
  }

  private Member reread(Member member) {
    var facts =
        member.host().facts(new FactsQuery(member.host().target().root(), request.spec().shared()));
    return new Member(
        member.name(),
        member.host(),
        member.token(),
        facts,
        HostHistory.of(facts.journal()),
        member.coordinator());
  }

  private void tell(Member member, String text) {
    wiring.tools().listener().on(new DeployEvent.Notice(Optional.of(member.name()), text));
  }
}
