package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Identity;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.plan.Planner;
import dev.cutover.step.Baselines;
import dev.cutover.step.Member;
import dev.cutover.step.RunInfo;
import java.util.List;
import java.util.Optional;

/**
 * What a goal decides upon: the request, the locked hosts, the files.
 *
 * @param payload absent for goals that upload nothing
 * @param baselines the health of what is live now
 */
record Scene(
    DeployRequest request,
    Goal goal,
    String runId,
    List<Member> members,
    Optional<Payload> payload,
    Baselines baselines) {

  /** The run about {@code subject}. */
  RunInfo run(ReleaseId subject, Identity identity) {
    return new RunInfo(runId, goal, subject, identity, request.spec(), request.directory());
  }

  Planner planner(RunInfo run) {
    return new Planner(run, baselines, members.size() == 1);
  }

  Member coordinator() {
    return members.get(0);
  }

  /**
   * What a release of ours is, from the journal; the project's own words where it does not know.
   */
  Identity identity(ReleaseId id) {
    return coordinator()
        .history()
        .description(id)
        .map(known -> new Identity(request.project().name(), known.version(), known.revision()))
        .orElse(new Identity(request.project().name(), "", ""));
  }
}
