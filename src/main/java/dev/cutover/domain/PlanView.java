package dev.cutover.domain;

import java.util.List;

/** A plan as people read it: what would be done, in order, and how each step is taken back. */
public record PlanView(List<Step> steps) {

  public PlanView {
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param does e.g. {@code switch current to releases/20261122101500, then restart}
   * @param undo how it is taken back; empty when there is nothing to take back
   */
  public record Step(String stage, String name, List<String> hosts, String does, String undo) {
    public Step {
      hosts = List.copyOf(hosts);
    }
  }
}
