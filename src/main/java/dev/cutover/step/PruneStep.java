package dev.cutover.step;

import dev.cutover.domain.ReleaseId;
import dev.cutover.event.StepRef;
import java.util.List;

/**
 * Removes what is older than {@code keep}.
 *
 * @param keeper decides on each host what may go
 */
public record PruneStep(RunInfo run, Keeper keeper) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("finish", "prune");
  }

  @Override
  public String does() {
    return "remove releases beyond the newest %d good ones and the newest %d that wait"
        .formatted(run.spec().keep(), run.spec().keep());
  }

  @Override
  public Deed perform(Member member) {
    List<ReleaseId> removable = keeper.removable(member.facts(), member.history());
    return removable.isEmpty()
        ? Deed.NOTHING
        : Removal.deed(
            run, removable, removable.stream().filter(member.facts().staged()::contains).toList());
  }
}
