package dev.cutover.app;

import dev.cutover.domain.Migration;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.step.Member;
import dev.cutover.step.RunInfo;
import dev.cutover.step.Wholeness;
import java.util.List;
import java.util.stream.Collectors;

/** {@code deploy:restore}: a release and its databases back, from its backups, by hand. */
final class Restoring {

  private Restoring() {}

  static Decision decide(Scene scene) {
    DeployRequest request = scene.request();
    ReleaseId id =
        request
            .releaseId()
            .orElseThrow(
                () ->
                    new Refusal(
                        "which release is to be restored is not said",
                        request.goalCommand() + "restore -Ddeploy.releaseId=ID"));
    for (Member member : scene.members()) {
      if (!member.facts().releases().contains(id)) {
        throw new Refusal(
            "%s: there is no release %s in %s"
                .formatted(member.name(), id, member.layout().releases()),
            request.goalCommand() + "status");
      }
    }
    List<String> restored = restorable(scene, id);
    if (restored.isEmpty()) {
      throw new Refusal(
          "release " + id + " has no backup that a configured <restore> could put back",
          request.goalCommand() + "status");
    }
    if (!request.force()) {
      throw new Refusal(
          "restoring %s puts back the database of %s as it was before release %s was migrated: all that was written since then is lost%s"
              .formatted(id, String.join(", ", restored), id, damage(scene, id)),
          request.goalCommand() + "restore -Ddeploy.releaseId=" + id + " -Ddeploy.force");
    }
    RunInfo run = scene.run(id, scene.identity(id));
    return new Decision.Go(scene.planner(run).restore());
  }

  /** What whoever forces it takes too. */
  private static String damage(Scene scene, ReleaseId id) {
    StringBuilder damage = new StringBuilder();
    for (Member member : scene.members()) {
      String found = Wholeness.of(member, id).damage();
      if (!found.isEmpty()) {
        damage.append(
            "\n%s: and release %s is not as it was sealed: %s".formatted(member.name(), id, found));
      }
    }
    return damage.toString();
  }

  private static List<String> restorable(Scene scene, ReleaseId id) {
    return scene.request().spec().migrations().stream()
        .filter(migration -> migration.restore().isPresent())
        .map(Migration::id)
        .filter(
            migration ->
                scene.members().stream()
                    .anyMatch(
                        member ->
                            member
                                .history()
                                .migration(id, migration)
                                .map(KnownMigration::backedUp)
                                .orElse(false)))
        .collect(Collectors.toList());
  }
}
