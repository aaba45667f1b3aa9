package dev.cutover.plan;

import dev.cutover.step.Step;
import java.util.List;

/** Steps that every host ends before any host begins the next stage. */
public record Stage(String name, List<Step> steps) {
  public Stage {
    steps = List.copyOf(steps);
  }
}
