package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.journal.Run;
import dev.cutover.error.CutoverException;
import dev.cutover.step.Member;
import java.util.List;

/** No host that is here can tell what an interrupted run had decided. */
final class UndecidedException extends CutoverException {

  private static final long serialVersionUID = 1L;

  UndecidedException(String runId, List<Member> members, String command) {
    super(happened(runId, members), next(runId, members, command));
  }

  private static String happened(String runId, List<Member> members) {
    Run run = run(runId, members);
    String coordinator = coordinator(run);
    boolean here =
        members.stream().anyMatch(member -> member.host().target().url().equals(coordinator));
    return "it is not known whether deploy:%s of %s (%s) was decided: that was written on %s first, %s"
        .formatted(
            run.started().goal().word(),
            run.started().owner(),
            run.at(),
            coordinator,
            here ? "whose journal does not know that run" : "which is not among the targets");
  }

  private static String next(String runId, List<Member> members, String command) {
    String recover = command + Goal.RECOVER.word() + " -Ddeploy.decided=";
    return "run it with all of its targets (%s); or where %s cannot be had any more, say it: %scommitted (its release stays) or %saborted (it is taken back)"
        .formatted(
            String.join(",", run(runId, members).started().members()),
            coordinator(run(runId, members)),
            recover,
            recover);
  }

  private static String coordinator(Run run) {
    return run.started().members().stream().findFirst().orElse("its first host");
  }

  private static Run run(String runId, List<Member> members) {
    return members.stream()
        .flatMap(member -> member.history().run(runId).stream())
        .findFirst()
        .orElseThrow();
  }
}
