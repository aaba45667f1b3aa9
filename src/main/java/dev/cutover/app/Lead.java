package dev.cutover.app;

import dev.cutover.domain.Targets;
import dev.cutover.domain.journal.JournalEntry.MigrationJudged;
import dev.cutover.domain.journal.JournalEntry.Verdict;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.KnownMigration.State;
import dev.cutover.domain.journal.Run;
import dev.cutover.step.Member;
import dev.cutover.transport.HostOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The member that does, of a past run, what is done once for all of them: its coordinator, wherever
 * that stands among the targets now; where it is gone, one that has heard of the run's migrations.
 */
record Lead(String runId, List<Member> members) {

  Lead {
    members = List.copyOf(members);
  }

  /** The same members, of which the one that leads is the coordinator. */
  List<Member> marked() {
    Optional<String> leader = leader().map(Member::name);
    return leader.isEmpty()
        ? members
        : members.stream()
            .map(member -> member.leading(leader.get().equals(member.name())))
            .toList();
  }

  private Optional<Member> leader() {
    List<Member> knowing =
        members.stream().filter(member -> member.history().run(runId).isPresent()).toList();
    return knowing.stream()
        .filter(this::wasCoordinator)
        .findFirst()
        .or(() -> knowing.stream().filter(member -> !touched(member).isEmpty()).findFirst())
        .or(() -> knowing.stream().findFirst());
  }

  private boolean wasCoordinator(Member member) {
    return member
        .history()
        .run(runId)
        .filter(run -> Targets.same(run.started().members().get(0), member.host().target()))
        .isPresent();
  }

  private List<KnownMigration> touched(Member member) {
    return member.history().run(runId).map(Run::migrations).orElse(List.of());
  }

  /**
   * What the leader of a run has to hear before it takes anything back: it may have been away while
   * others did that.
   */
  static List<HostOp> heard(Member leader, Run open, List<Member> members, DeployRequest request) {
    List<HostOp> news = new ArrayList<>();
    MigrationsAtStake databases = new MigrationsAtStake(request);
    for (KnownMigration here : open.migrations()) {
      Set<State> elsewhere =
          members.stream()
              .filter(member -> !member.name().equals(leader.name()))
              .flatMap(
                  member -> member.history().migration(here.release(), here.migration()).stream())
              .map(KnownMigration::state)
              .collect(Collectors.toSet());
      Optional<Verdict> verdict =
          elsewhere.contains(State.UNDONE)
              ? Optional.of(Verdict.UNDONE)
              : Optional.of(Verdict.DIRTY).filter(dirty -> elsewhere.contains(State.DIRTY));
      if (databases.isShared(here.migration()) && !here.undone() && verdict.isPresent()) {
        news.add(
            new HostOp.Append(
                new MigrationJudged(
                    open.started().runId(),
                    here.release(),
                    here.migration(),
                    verdict.get(),
                    "as others know it")));
      }
    }
    return news;
  }

  /**
   * What a member still has to hear about the databases that all share: it may have been cut off
   * after the beginning of a migration was written there, and before its end was.
   */
  static List<HostOp> news(Member leader, Member member, Run open, DeployRequest request) {
    List<HostOp> news = new ArrayList<>();
    MigrationsAtStake databases = new MigrationsAtStake(request);
    for (KnownMigration here : open.migrations()) {
      boolean shared = databases.isShared(here.migration());
      Verdict there =
          leader
              .history()
              .migration(here.release(), here.migration())
              .map(Lead::verdict)
              .orElse(Verdict.UNDONE);
      boolean inTheAir = here.state() == State.STARTED || here.state() == State.FAILED;
      if (shared && (inTheAir || verdict(here) != there)) {
        news.add(
            new HostOp.Append(
                new MigrationJudged(
                    open.started().runId(),
                    here.release(),
                    here.migration(),
                    there,
                    "as it stands on " + leader.name())));
      }
    }
    return news;
  }

  private static Verdict verdict(KnownMigration known) {
    return switch (known.state()) {
      case APPLIED -> known.due() ? Verdict.DUE : Verdict.APPLIED;
      case UNDONE -> Verdict.UNDONE;
      case STARTED, FAILED, DIRTY -> Verdict.DIRTY;
    };
  }
}
