package dev.cutover.step;

import dev.cutover.domain.ReleaseState;
import dev.cutover.error.CutoverException;
import dev.cutover.event.StepRef;
import java.util.List;
import java.util.Optional;

/** Removes the run's release, which waits to be activated. */
public record DiscardStep(RunInfo run) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("discard", "discard");
  }

  @Override
  public String does() {
    return "remove staging/" + run.subject();
  }

  @Override
  public String undoes() {
    return "nothing: what is removed is gone";
  }

  /** Also where a run that was cut off, or somebody, has removed its files and nothing else. */
  @Override
  public boolean runsOn(Member member) {
    return member.history().state(run.subject()).equals(Optional.of(ReleaseState.SEALED))
        && !member.facts().releases().contains(run.subject());
  }

  @Override
  public Deed perform(Member member) {
    return Removal.deed(run, List.of(run.subject()), List.of());
  }

  @Override
  public Deed undo(Member member, Cause cause) {
    if (!cause.completed()) {
      return Deed.NOTHING;
    }
    return new Deed.Code(
        bench -> {
          throw new CutoverException(
              "release %s is removed there and cannot be put back".formatted(run.subject()), "");
        });
  }
}
