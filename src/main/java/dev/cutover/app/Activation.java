package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.Run;
import dev.cutover.step.Member;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of the sealed releases {@code deploy:activate} takes when none is named: the newest one, if
 * it came after what is live and after what was activated last. One that was passed over before
 * must not become live because an activation is asked for once more.
 */
final class Activation {

  private static final Set<Goal> TO_LIVE =
      Set.of(Goal.RELEASE, Goal.STAGE, Goal.ACTIVATE, Goal.ROLLBACK, Goal.RESTORE);

  private Activation() {}

  /** The one that is taken on this host. */
  static Optional<ReleaseId> next(Member member) {
    Optional<ReleaseId> passed = passed(member);
    return waiting(member)
        .filter(id -> passed.map(last -> id.compareTo(last) >= 0).orElse(true))
        .max(ReleaseId::compareTo);
  }

  /** Whether it was asked for before and went well everywhere, and nothing was staged since. */
  static boolean isDone(List<Member> members) {
    return members.stream()
        .allMatch(member -> next(member).isEmpty() && lastActivated(member).isPresent());
  }

  static boolean isGoodAndLive(Member member, ReleaseId id) {
    return Decisions.live(member).equals(Optional.of(id))
        && member.history().state(id).equals(Optional.of(ReleaseState.GOOD));
  }

  /** Why none is taken. */
  static Refusal noneOf(Scene scene) {
    Set<ReleaseId> older = new TreeSet<>();
    scene.members().forEach(member -> waiting(member).forEach(older::add));
    return older.isEmpty()
        ? new Refusal(
            "no sealed release waits to be activated",
            scene.request().goalCommand() + Goal.STAGE.word())
        : new Refusal(
            "the sealed releases that wait, %s, are older than what is live or was activated last"
                .formatted(older.stream().map(ReleaseId::value).collect(Collectors.joining(", "))),
            "%s%s, or name one of them: %s%s -Ddeploy.releaseId=ID"
                .formatted(
                    scene.request().goalCommand(),
                    Goal.STAGE.word(),
                    scene.request().goalCommand(),
                    Goal.ACTIVATE.word()));
  }

  /** Those that wait on this host. */
  static Stream<ReleaseId> waiting(Member member) {
    return member.history().in(ReleaseState.SEALED).stream()
        .filter(member.facts().staged()::contains);
  }

  /** What is live, or what was activated last, whatever became of that: the newer of them. */
  private static Optional<ReleaseId> passed(Member member) {
    Stream<ReleaseId> tried =
        member.history().runs().stream()
            .filter(run -> run.started().goal() == Goal.ACTIVATE)
            .flatMap(run -> run.subject().stream());
    return Stream.concat(tried, Decisions.live(member).stream())
        .filter(id -> id.instant().isPresent())
        .max(ReleaseId::compareTo);
  }

  private static Optional<ReleaseId> lastActivated(Member member) {
    return member.history().runs().stream()
        .filter(run -> TO_LIVE.contains(run.started().goal()))
        .filter(run -> run.end().filter(end -> end != Outcome.NOTHING_CHANGED).isPresent())
        .reduce((older, newer) -> newer)
        .filter(run -> run.started().goal() == Goal.ACTIVATE)
        .flatMap(Run::subject)
        .filter(id -> isGoodAndLive(member, id));
  }
}
