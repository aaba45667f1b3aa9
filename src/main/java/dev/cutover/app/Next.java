package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.engine.Ending;
import dev.cutover.plan.Plan;
import dev.cutover.step.Member;
import java.util.List;
import java.util.stream.Collectors;

/** What to type after a run that did not go well. */
final class Next {

  private Next() {}

  /** A person must look at each database in doubt, and say what is there. */
  static String lookAt(List<MigrationState> migrations, String command) {
    return "look at the database, then say whether the change is there: "
        + migrations.stream()
            .filter(migration -> migration.state().equals("in doubt"))
            .map(migration -> MigrationsAtStake.remedy(command, migration.id()))
            .collect(Collectors.joining(" and "));
  }

  static String after(Plan plan, List<Member> members, Ending ending, String command) {
    String named =
        plan.run().goal() == Goal.DISCARD ? " -Ddeploy.releaseId=" + plan.run().subject() : "";
    String goal = command + plan.run().goal().word() + named;
    return switch (ending.outcome()) {
      case REVERTED -> {
        Member where = where(members, ending);
        // A release that was taken back does not wait any more.
        String again =
            plan.run().goal() == Goal.ACTIVATE
                ? "%s%s and %s".formatted(command, Goal.STAGE.word(), goal)
                : goal;
        yield "put that right (what commands wrote is in %s:%s), then: %s"
            .formatted(where.name(), where.layout().log(plan.run().subject()), again);
      }
      case REVERT_FAILED ->
          ending.open()
              ? "put right what the message names, then: %s, which first settles what is left"
                  .formatted(goal)
              : "put it right by hand on the hosts named above, then: " + command + "status";
      case IN_DOUBT -> lookAt(ending.migrations(), command);
      case MIXED -> together(plan, command);
      // By its id, so that it does not go one further when it was done after all.
      case OUTCOME_UNKNOWN ->
          "%sstatus, which shows what stands; then: %s%s"
              .formatted(
                  command,
                  goal,
                  plan.run().goal() == Goal.ROLLBACK
                      ? " -Ddeploy.releaseId=" + plan.run().subject()
                      : "");
      default -> "";
    };
  }

  /** A release goes to all of them; what was put back by name is had by name. */
  private static String together(Plan plan, String command) {
    return plan.run().goal() == Goal.RELEASE
        ? together(command)
        : "%s%s -Ddeploy.releaseId=%s, which brings all hosts to it"
            .formatted(command, Goal.ROLLBACK.word(), plan.run().subject());
  }

  /** Brings hosts that differ to one release. */
  static String together(String command) {
    return "%s%s, which brings all hosts to one release; or to one that all of them have: %s%s -Ddeploy.releaseId=ID"
        .formatted(command, Goal.RELEASE.word(), command, Goal.ROLLBACK.word());
  }

  /** The first host that failed; each has a log of its own. */
  private static Member where(List<Member> members, Ending ending) {
    return members.stream()
        .filter(member -> ending.failed().stream().limit(1).anyMatch(member.name()::equals))
        .findFirst()
        .orElse(members.get(0));
  }
}
