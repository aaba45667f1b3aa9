package dev.cutover.app;

import dev.cutover.domain.Health;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.plan.Plan;
import dev.cutover.step.Member;
import dev.cutover.step.RunInfo;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Each goal's own thought: from the scene to a plan. */
final class Decisions {

  private Decisions() {}

  /** Of a goal that is done once everything is settled. */
  static Decision none(Scene scene) {
    return new Decision.Stay("everything is settled");
  }

  static Decision release(Scene scene) {
    Payload payload = scene.payload().orElseThrow();
    if (!scene.request().force() && holds(scene, payload)) {
      return new Decision.Stay("the same files and configuration are live, GOOD and healthy");
    }
    RunInfo run = scene.run(nextId(scene), scene.request().project());
    return new Decision.Go(scene.planner(run).release(payload));
  }

  static Decision stage(Scene scene) {
    Payload payload = scene.payload().orElseThrow();
    RunInfo run = scene.run(nextId(scene), scene.request().project());
    return new Decision.Go(scene.planner(run).stageOnly(payload));
  }

  static Decision activate(Scene scene) {
    Optional<ReleaseId> named = scene.request().releaseId();
    if (named.isEmpty() && Activation.isDone(scene.members())) {
      return new Decision.Stay("what was activated last is live already, and nothing newer waits");
    }
    ReleaseId id =
        named.isPresent()
            ? named.get()
            : common(scene, Activation::next, () -> Activation.noneOf(scene)).orElseThrow();
    if (scene.members().stream().allMatch(member -> Activation.isGoodAndLive(member, id))) {
      return new Decision.Stay("release " + id + " is live already");
    }
    for (Member member : scene.members()) {
      boolean waits =
          member.facts().staged().contains(id)
              && member.history().state(id).equals(Optional.of(ReleaseState.SEALED));
      if (!waits) {
        throw new Refusal(
            "%s: release %s is not sealed and waiting there".formatted(member.name(), id),
            scene.request().goalCommand() + "status");
      }
    }
    RunInfo run = scene.run(id, scene.identity(id));
    return new Decision.Go(scene.planner(run).activate());
  }

  static Decision rollback(Scene scene) {
    ReleaseId id =
        scene.request().releaseId().isPresent()
            ? scene.request().releaseId().get()
            : common(
                    scene,
                    member -> RollbackTarget.of(member.facts(), member.history()),
                    () ->
                        new Refusal(
                            "there is no older good release to roll back to",
                            scene.request().goalCommand() + "status"))
                .orElseThrow();
    if (scene.members().stream().allMatch(member -> live(member).equals(Optional.of(id)))) {
      return new Decision.Stay("release " + id + " is live already");
    }
    for (Member member : scene.members()) {
      if (!member.facts().releases().contains(id)) {
        throw new Refusal(
            "%s: there is no release %s in %s"
                .formatted(member.name(), id, member.layout().releases()),
            scene.request().goalCommand() + "status");
      }
      member
          .facts()
          .neighbours()
          .mark(id)
          .ifPresent(
              mark -> {
                throw new Refusal(
                    "%s: release %s has a file %s, which says that it is not fit"
                        .formatted(member.name(), id, mark),
                    "look into it; if it is whole, remove that file");
              });
    }
    RunInfo run = scene.run(id, scene.identity(id));
    Plan plan = scene.planner(run).rollback();
    return new Decision.Go(
        scene.request().undoMigrations()
            ? plan.withDowns(new MigrationsAtStake(scene.request()).downs(run, scene.members()))
            : plan);
  }

  /** The greatest of the hosts' clocks, and later than any release on any host. */
  static ReleaseId nextId(Scene scene) {
    Instant clock =
        scene.members().stream()
            .map(member -> member.facts().clock())
            .max(Instant::compareTo)
            .orElseThrow();
    Set<ReleaseId> known = new HashSet<>();
    for (Member member : scene.members()) {
      known.addAll(member.facts().releases());
      known.addAll(member.facts().staged());
      known.addAll(member.history().releases().keySet());
    }
    return ReleaseId.next(clock, known);
  }

  /** Whether not the same release is live on all of them. */
  static boolean apart(List<Member> members) {
    return members.stream().map(Decisions::live).distinct().count() > 1;
  }

  private static boolean holds(Scene scene, Payload payload) {
    // The same files under two names are two releases still.
    return !apart(scene.members())
        && scene.members().stream().allMatch(member -> holds(scene, member, payload));
  }

  private static boolean holds(Scene scene, Member member, Payload payload) {
    Optional<ReleaseId> live = live(member);
    boolean same =
        live.flatMap(member.history()::description)
            .filter(known -> known.manifest().equals(payload.manifest().digest()))
            .filter(known -> known.configuration().equals(scene.request().spec().digest()))
            .isPresent();
    boolean good = live.flatMap(member.history()::state).equals(Optional.of(ReleaseState.GOOD));
    // A restore that was cut off may have taken the change of the live release out of a database.
    boolean migrated =
        member.history().migrations().stream()
            .noneMatch(known -> live.equals(Optional.of(known.release())) && known.undone());
    return same && good && migrated && scene.baselines().of(member) != Health.SICK;
  }

  static Optional<ReleaseId> live(Member member) {
    return member.from().flatMap(member.layout()::releaseAt);
  }

  /** What every host answers alike. */
  private static Optional<ReleaseId> common(
      Scene scene, Function<Member, Optional<ReleaseId>> answer, Supplier<Refusal> none) {
    List<Optional<ReleaseId>> answers = scene.members().stream().map(answer).toList();
    if (answers.stream().allMatch(Optional::isEmpty)) {
      throw none.get();
    }
    if (new HashSet<>(answers).size() > 1) {
      Set<String> different = new TreeSet<>();
      for (int i = 0; i < answers.size(); i++) {
        different.add(
            scene.members().get(i).name()
                + ": "
                + answers.get(i).map(ReleaseId::value).orElse("none"));
      }
      throw new Refusal(
          "the hosts differ: " + String.join(", ", different),
          "name the release with -Ddeploy.releaseId=ID");
    }
    return answers.get(0);
  }
}
