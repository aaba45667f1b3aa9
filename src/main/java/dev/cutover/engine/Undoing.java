package dev.cutover.engine;

import dev.cutover.step.Member;
import dev.cutover.step.RunInfo;
import dev.cutover.step.Step;
import java.util.List;

/**
 * Takes back, on one member, steps of a run that was interrupted, as that run would have.
 *
 * @param begun what the journal and the host say had begun, in the order of the run
 * @param completed those of them that are known to have come to their end
 */
public record Undoing(Tools tools, RunInfo run, List<Step> begun, List<Step> completed) {

  public Undoing {
    begun = List.copyOf(begun);
    completed = List.copyOf(completed);
  }

  /**
   * Takes them back, the last first.
   *
   * @param switched whether the release had gone live
   * @throws dev.cutover.error.CutoverException of the first that could not be taken back
   */
  public void on(Member member, String why, boolean switched) {
    Trail trail = new Trail();
    begun.forEach(step -> trail.begin(member, step));
    completed.forEach(step -> trail.complete(member, step));
    new Walk(tools, run, member, trail).back(begun, new Step.Cause(why, switched, false));
  }
}
