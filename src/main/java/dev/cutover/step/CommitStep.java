package dev.cutover.step;

import dev.cutover.domain.Goal;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.event.StepRef;
import dev.cutover.transport.HostOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The decision: written on the coordinator first, then on the others. Nothing reverts after it. */
public record CommitStep(RunInfo run) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("commit", "commit");
  }

  @Override
  public String does() {
    return "record COMMIT and GOOD for " + run.subject();
  }

  @Override
  public Deed perform(Member member) {
    List<HostOp> ops = new ArrayList<>();
    ops.add(new HostOp.Commit(run.runId(), run.subject()));
    ops.addAll(consequences(member));
    return new Deed.Ops(ops);
  }

  /** Writes down, on a member of a run that was interrupted, what the run has decided. */
  public List<HostOp> again(Member member) {
    List<HostOp> ops = new ArrayList<>();
    ops.add(new HostOp.Append(new Committed(run.runId(), Optional.of(run.subject()))));
    ops.add(new HostOp.Append(new StateChanged(run.runId(), run.subject(), ReleaseState.GOOD, "")));
    ops.addAll(consequences(member));
    return ops;
  }

  private List<HostOp> consequences(Member member) {
    List<HostOp> ops = new ArrayList<>();
    Optional<ReleaseId> left = left(member);
    left.ifPresent(id -> ops.add(withdraw(id)));
    ops.add(new HostOp.LogRevision(line(member), left.map(id -> run.subject()), left));
    return ops;
  }

  /** The release a rollback leaves; other goals leave nothing behind that must not be chosen. */
  private Optional<ReleaseId> left(Member member) {
    return run.goal() == Goal.ROLLBACK || run.goal() == Goal.RESTORE
        ? member
            .from()
            .flatMap(member.layout()::releaseAt)
            .filter(left -> !left.equals(run.subject()))
        : Optional.empty();
  }

  private HostOp withdraw(ReleaseId left) {
    return new HostOp.Append(
        new StateChanged(
            run.runId(), left, ReleaseState.WITHDRAWN, "rolled back to " + run.subject()));
  }

  /** Capistrano's words, so that its users find what they are used to. */
  private String line(Member member) {
    String user = member.token().owner();
    return run.goal() == Goal.ROLLBACK || run.goal() == Goal.RESTORE
        ? "%s rolled back to release %s".formatted(user, run.subject())
        : "Branch %s (at %s) deployed as release %s by %s"
            .formatted(run.identity().version(), run.identity().revision(), run.subject(), user);
  }
}
