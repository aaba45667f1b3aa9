package dev.cutover.app;

import dev.cutover.engine.Ending;
import dev.cutover.plan.Plan;
import dev.cutover.step.Member;
import java.util.List;

/** What to type after a run that did not go well. */
final class Next {

  private Next() {}

  static String after(Plan plan, List<Member> members, Ending ending, String command) {
    String goal = command + plan.run().goal().word();
    return switch (ending.outcome()) {
      case REVERTED ->
          "put that right (what commands wrote is in %s:%s), then: %s"
              .formatted(
                  members.get(0).name(), members.get(0).layout().log(plan.run().subject()), goal);
      case REVERT_FAILED ->
          "put it right by hand on the hosts named above, then: " + command + "status";
      case IN_DOUBT -> "look at the database, then: " + goal;
      case OUTCOME_UNKNOWN -> command + "status, which shows what stands; then: " + goal;
      default -> "";
    };
  }
}
