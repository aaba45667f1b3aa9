package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.ReleaseId;
import dev.cutover.engine.Comparing;
import dev.cutover.event.DeployEvent;
import dev.cutover.step.Member;
import dev.cutover.step.Wholeness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A release is whole before it serves: one that was not uploaded by the run itself is compared with
 * its manifest, under the lock and before anything is done.
 *
 * <p>A release that waits has served nobody, so nothing may have come to it either. One that has
 * served may hold what its own commands and its application wrote beside its files.
 */
record Intact(Wiring wiring, Scene scene, ReleaseId id) {

  private static final Set<Goal> OF_GOALS = Set.of(Goal.ACTIVATE, Goal.ROLLBACK, Goal.RESTORE);

  /**
   * Compares it, if the goal makes live what it did not upload.
   *
   * @throws Refusal if it is damaged anywhere, and {@code deploy.force} does not ask for it as it
   *     is
   */
  void require() {
    if (!OF_GOALS.contains(scene.goal())) {
      return;
    }
    List<String> damaged = new ArrayList<>();
    for (Comparing each : Comparing.of(wiring.tools(), scene.members(), id)) {
      String damage = damage(each.found());
      if (!damage.isEmpty()) {
        damaged.add("%s: release %s %s".formatted(each.member().name(), id, damage));
      } else {
        remark(each.found()).ifPresent(text -> tell(each.member(), text));
      }
    }
    if (damaged.isEmpty()) {
      return;
    }
    if (!scene.request().force()) {
      throw new Refusal(String.join("\n", damaged) + "\n" + stays(), next());
    }
    damaged.forEach(
        text ->
            wiring
                .tools()
                .listener()
                .on(
                    new DeployEvent.Warning(
                        Optional.empty(), text + "; it goes live all the same")));
  }

  /** What speaks against it, as the end of a sentence; empty if nothing does. */
  private String damage(Wholeness found) {
    boolean waited = scene.goal() == Goal.ACTIVATE;
    if (found instanceof Wholeness.Untold untold) {
      return "could not be compared with its manifest: " + untold.why();
    }
    if (found instanceof Wholeness.Incomparable) {
      return waited ? "has no manifest any more that it could be compared with" : "";
    }
    String words =
        waited && found instanceof Wholeness.Compared compared
            ? compared.differences().words()
            : found.damage();
    return words.isEmpty() ? "" : "is not as it was sealed: " + words;
  }

  private Optional<String> remark(Wholeness found) {
    if (found instanceof Wholeness.Incomparable) {
      return Optional.of("release " + id + " has no manifest that it could be compared with");
    }
    return found instanceof Wholeness.Compared compared && compared.differences().count() > 0
        ? Optional.of("release " + id + " is whole; " + compared.differences().words())
        : Optional.empty();
  }

  private void tell(Member member, String text) {
    wiring.tools().listener().on(new DeployEvent.Notice(Optional.of(member.name()), text));
  }

  /** What stands on the hosts. */
  private String stays() {
    List<String> live =
        scene.members().stream()
            .map(member -> Decisions.live(member).map(ReleaseId::value).orElse("nothing"))
            .distinct()
            .toList();
    return live.size() == 1
        ? "nothing was changed: what was live is live, " + live.get(0)
        : "nothing was changed: what was live on each host is live there";
  }

  private String next() {
    String command = scene.request().goalCommand();
    String again = command + scene.goal().word();
    String asItIs = "%s -Ddeploy.releaseId=%s%s -Ddeploy.force".formatted(again, id, migrations());
    return switch (scene.goal()) {
      case ACTIVATE ->
          "%s%s makes a new one, %s%s -Ddeploy.releaseId=%s removes this one; to take it as it is: %s"
              .formatted(command, Goal.STAGE.word(), command, Goal.DISCARD.word(), id, asItIs);
      default ->
          "%s -Ddeploy.releaseId=ID with another one of %s%s; to take this one as it is: %s"
              .formatted(again, command, Goal.STATUS.word(), asItIs);
    };
  }

  private String migrations() {
    return scene.goal() == Goal.ROLLBACK && scene.request().undoMigrations()
        ? " -Ddeploy.migrations=down"
        : "";
  }
}
