package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.plan.Plan;
import dev.cutover.plan.Stage;
import dev.cutover.step.DiscardStep;
import dev.cutover.step.FinishStep;
import dev.cutover.step.Member;
import dev.cutover.step.RunInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code deploy:discard}: removes one release that waits to be activated. */
final class Discarding {

  private Discarding() {}

  static Decision decide(Scene scene) {
    ReleaseId id =
        scene
            .request()
            .releaseId()
            .orElseThrow(() -> refusal(scene, "which staged release is to be removed is not said"));
    List<String> against = new ArrayList<>();
    for (Member member : scene.members()) {
      against(scene, member, id).ifPresent(why -> against.add(member.name() + ": " + why));
    }
    if (!against.isEmpty()) {
      throw new Refusal(
          String.join("\n", against) + "\nnothing was removed",
          scene.request().goalCommand() + Goal.STATUS.word() + ", which names every release");
    }
    RunInfo run = scene.run(id, scene.identity(id));
    DiscardStep discard = new DiscardStep(run);
    if (scene.members().stream().noneMatch(discard::runsOn)) {
      boolean gone =
          scene.members().stream().anyMatch(member -> isIn(member, id, ReleaseState.PRUNED));
      if (gone) {
        return new Decision.Stay("release " + id + " is removed already");
      }
      throw refusal(scene, "release " + id + " is not known on any host");
    }
    return new Decision.Go(
        new Plan(
            run,
            List.of(new Stage("discard", List.of(discard))),
            Optional.empty(),
            List.of(new FinishStep(run.runId(), Outcome.PRUNED)),
            List.of(),
            true,
            Outcome.PRUNED));
  }

  private static boolean isIn(Member member, ReleaseId id, ReleaseState state) {
    return member.history().state(id).equals(Optional.of(state));
  }

  /** What it is instead of a release that waits, if this host has it at all. */
  private static Optional<String> against(Scene scene, Member member, ReleaseId id) {
    String command = scene.request().goalCommand();
    if (Decisions.live(member).equals(Optional.of(id))) {
      return Optional.of(
          "release %s is live, not staged; %s%s goes back to what was live before it"
              .formatted(id, command, Goal.ROLLBACK.word()));
    }
    String state = member.history().state(id).map(known -> known + ", ").orElse("");
    if (member.facts().releases().contains(id)) {
      return Optional.of(
          "release %s is not staged: it is %sin %s; %s%s removes what is older than those kept"
              .formatted(id, state, member.layout().releases(), command, Goal.PRUNE.word()));
    }
    boolean waitsOrIsGone =
        state.isEmpty()
            || isIn(member, id, ReleaseState.SEALED)
            || isIn(member, id, ReleaseState.PRUNED);
    return waitsOrIsGone
        ? Optional.empty()
        : Optional.of(
            "release %s is not staged: it is %sand not in %s any more"
                .formatted(id, state, member.layout().releases()));
  }

  private static Refusal refusal(Scene scene, String why) {
    Set<ReleaseId> waiting = new TreeSet<>();
    scene.members().forEach(member -> Activation.waiting(member).forEach(waiting::add));
    String command = scene.request().goalCommand();
    return waiting.isEmpty()
        ? new Refusal(why + "; none waits", command + Goal.STATUS.word())
        : new Refusal(
            "%s; these wait: %s"
                .formatted(
                    why, waiting.stream().map(ReleaseId::value).collect(Collectors.joining(", "))),
            "%s%s -Ddeploy.releaseId=ID".formatted(command, Goal.DISCARD.word()));
  }
}
