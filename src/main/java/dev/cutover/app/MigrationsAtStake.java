package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Migration;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.JournalEntry.MigrationJudged;
import dev.cutover.domain.journal.JournalEntry.Verdict;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.KnownMigration.State;
import dev.cutover.step.DownStep;
import dev.cutover.step.Member;
import dev.cutover.step.RunInfo;
import dev.cutover.transport.HostOp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the hosts' journals say of the databases, as far as a goal must mind it. */
final class MigrationsAtStake {

  private static final Set<ReleaseState> LEFT =
      Set.of(ReleaseState.WITHDRAWN, ReleaseState.REVERTED, ReleaseState.FAILED);

  private final DeployRequest request;

  MigrationsAtStake(DeployRequest request) {
    this.request = request;
  }

  private List<String> dirty(Goal goal, Member member) {
    boolean migrates =
        goal == Goal.RELEASE
            || goal == Goal.STAGE
            || goal == Goal.ACTIVATE
            || (goal == Goal.ROLLBACK && request.undoMigrations());
    return migrates ? dirty(member) : List.of();
  }

  /**
   * The databases that a person must look at before this goal may migrate them, each with the
   * members that say so.
   */
  List<String> dirty(Goal goal, List<Member> members) {
    Map<String, List<String>> saying = new LinkedHashMap<>();
    for (Member member : members) {
      for (String problem : dirty(goal, member)) {
        saying.computeIfAbsent(problem, none -> new ArrayList<>()).add(member.name());
      }
    }
    return saying.entrySet().stream()
        .map(problem -> String.join(", ", problem.getValue()) + ": " + problem.getKey())
        .toList();
  }

  /** The doubts about databases that all share of which a member's journal knows nothing. */
  List<HostOp> unheard(String runId, Member member, List<Member> members) {
    return members.stream()
        .flatMap(other -> other.history().dirty().stream())
        .filter(known -> isShared(known.migration()))
        .filter(known -> member.history().migration(known.release(), known.migration()).isEmpty())
        .<HostOp>map(
            known ->
                new HostOp.Append(
                    new MigrationJudged(
                        runId,
                        known.release(),
                        known.migration(),
                        Verdict.DIRTY,
                        "heard from another host")))
        .distinct()
        .toList();
  }

  /** The databases of this host that a person must look at. */
  List<String> dirty(Member member) {
    return member.history().dirty().stream()
        .filter(known -> configured(known.migration()).isPresent())
        .map(
            known ->
                "the database of migration %s is DIRTY since release %s: look at it, then say what you found: %s"
                    .formatted(
                        known.migration(),
                        known.release(),
                        remedy(request.goalCommand(), known.migration())))
        .distinct()
        .toList();
  }

  /** What to type once a person has looked at a database. */
  static String remedy(String goalCommand, String migration) {
    String said = goalCommand + "recover -Ddeploy.migration=" + migration;
    return said + ":applied (the change is there) or " + said + ":undone (it is not)";
  }

  /** Whether all members have one database there. */
  boolean isShared(String id) {
    return configured(id).filter(migration -> migration.on() != Where.ALL).isPresent();
  }

  Optional<Migration> configured(String id) {
    return request.spec().migrations().stream().filter(m -> m.id().equals(id)).findFirst();
  }

  /**
   * The migrations that stay in the databases when a rollback goes to {@code target}, the newest
   * first: of the releases it passes over, and of those that a rollback before it has left.
   */
  List<KnownMigration> passedOver(List<Member> members, ReleaseId target) {
    Set<KnownMigration> applied = new LinkedHashSet<>();
    for (Member member : members) {
      List<ReleaseId> way = RollbackTarget.passedOver(member, target);
      List<KnownMigration> known = new ArrayList<>(member.history().migrations());
      Collections.reverse(known);
      known.stream()
          .filter(migration -> migration.state() == State.APPLIED)
          .filter(
              migration ->
                  way.contains(migration.release())
                      || (!way.isEmpty() && isLeft(member, migration.release(), target)))
          .sorted(Comparator.comparing(KnownMigration::release).reversed())
          .forEach(applied::add);
    }
    return List.copyOf(applied);
  }

  /**
   * A change may also have stayed when its release was taken back, or when taking that back ended
   * half way and left it, sealed, where a live one would be.
   */
  private static boolean isLeft(Member member, ReleaseId release, ReleaseId target) {
    return release.compareTo(target) > 0
        && member
            .history()
            .state(release)
            .filter(
                state ->
                    LEFT.contains(state)
                        || (state == ReleaseState.SEALED
                            && member.facts().releases().contains(release)))
            .isPresent();
  }

  /**
   * How those are taken back, the newest first.
   *
   * @throws Refusal if one of them cannot be
   */
  List<DownStep> downs(RunInfo run, List<Member> members) {
    for (Member member : members) {
      if (RollbackTarget.passedOver(member, run.subject()).isEmpty()) {
        throw refusal(
            "%s: release %s was not live before the live one"
                .formatted(member.name(), run.subject()));
      }
    }
    Set<DownStep> downs = new LinkedHashSet<>();
    for (KnownMigration known : passedOver(members, run.subject())) {
      Migration migration =
          configured(known.migration())
              .orElseThrow(() -> refusal(what(known) + " is not configured any more"));
      if (migration.down().isEmpty()) {
        throw refusal(what(known) + " has no <down>");
      }
      List<Member> doers = doers(migration, known, members);
      doers.stream()
          .filter(member -> !member.facts().releases().contains(known.release()))
          .findFirst()
          .ifPresent(
              member -> {
                throw refusal(
                    "%s: %s needs the files of its release, and they are gone"
                        .formatted(member.name(), what(known)));
              });
      Optional<String> doer =
          migration.on() == Where.ALL
              ? Optional.empty()
              : doers.stream().findFirst().map(Member::name);
      downs.add(new DownStep(run, migration, known.release(), doer));
    }
    return List.copyOf(downs);
  }

  /** Those that know of it; of a database that all share the first of them. */
  private static List<Member> doers(
      Migration migration, KnownMigration known, List<Member> members) {
    return members.stream()
        .filter(
            member -> member.history().migration(known.release(), known.migration()).isPresent())
        .limit(migration.on() == Where.ALL ? members.size() : 1)
        .toList();
  }

  private static String what(KnownMigration known) {
    return "migration " + known.migration() + " of release " + known.release();
  }

  private Refusal refusal(String why) {
    return new Refusal(
        why + ", so its change cannot be taken back; nothing was done",
        "without the migrations: "
            + request.goalCommand()
            + "rollback"
            + request.releaseId().map(id -> " -Ddeploy.releaseId=" + id).orElse(""));
  }
}
