package dev.cutover.engine;

import dev.cutover.step.Member;
import dev.cutover.step.RunInfo;
import dev.cutover.step.Step;
import java.util.List;

/** Does, on one member, what a run that had decided left undone. */
public record Finishing(Tools tools, RunInfo run, List<Step> steps) {

  public Finishing {
    steps = List.copyOf(steps);
  }

  /**
   * Performs the steps in their order.
   *
   * @throws dev.cutover.error.CutoverException of the first that failed
   */
  public void on(Member member) {
    new Walk(tools, run, member, new Trail()).forward(steps);
  }
}
