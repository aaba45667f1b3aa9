package dev.cutover.app;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.JournalEntry.Based;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.Run;
import dev.cutover.error.CutoverException;
import dev.cutover.error.InDoubtException;
import dev.cutover.event.DeployEvent;
import dev.cutover.step.Member;
import dev.cutover.step.StillSickException;
import dev.cutover.step.Wholeness;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.Obstacle;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settles what an interrupted run left, before anything new is done: one that had not decided is
 * taken back to what was live when it began; of one that had, what it decided is written down.
 */
final class Settlement {

  private final Wiring wiring;
  private final DeployRequest request;
  private final Goal goal;
  private final String runId;
  private final Map<String, PastDecision> decisions = new HashMap<>();
  private boolean settled;
  private boolean wentBack;
  private Optional<ReleaseId> left = Optional.empty();
  private final List<String> doubts = new ArrayList<>();
  private final Set<String> inDoubt = new HashSet<>();
  private final Map<String, String> migrations = new LinkedHashMap<>();
  private final Map<String, String> damaged = new LinkedHashMap<>();

  Settlement(Wiring wiring, DeployRequest request, Goal goal, String runId) {
    this.wiring = wiring;
    this.request = request;
    this.goal = goal;
    this.runId = runId;
  }

  /**
   * The members as they are afterwards.
   *
   * @throws UndecidedException when no host can tell what a run had decided; nothing is touched
   * @throws Refusal when something could not be settled; what it is stays written down
   */
  List<Member> settle(List<Member> found) {
    // What nobody can tell is for a person: before anything is touched.
    unfinished(found).forEach(open -> decision(open, found));
    Map<String, Member> members = new LinkedHashMap<>();
    found.forEach(member -> members.put(member.name(), withoutOrphans(member)));
    List<Member> quiet = List.copyOf(members.values());
    // One run may have been interrupted while it was settling another: the newest goes first.
    List<String> runs = unfinished(quiet);
    runs.forEach(open -> decisions.put(open, decision(open, quiet)));
    runs.forEach(open -> Unheard.mayStillRun(open, quiet, request).ifPresent(this::refuse));
    for (String open : runs) {
      settle(open, members);
    }
    return spread(found.stream().map(member -> based(member, members)).toList());
  }

  /** A host that has joined hears of the databases in doubt: those that know may leave. */
  private List<Member> spread(List<Member> members) {
    MigrationsAtStake databases = new MigrationsAtStake(request);
    return members.stream()
        .map(
            member -> {
              List<HostOp> news = databases.unheard(runId, member, members);
              if (news.isEmpty()) {
                return member;
              }
              perform(member, news);
              return reread(member);
            })
        .toList();
  }

  private void refuse(Refusal refusal) {
    throw refusal;
  }

  /** The same members; the one that leads knows what others have done in its place. */
  private List<Member> heard(String open, List<Member> marked) {
    return marked.stream()
        .map(
            member -> {
              Optional<Run> run = member.history().run(open).filter(known -> known.end().isEmpty());
              boolean takesBack =
                  member.coordinator()
                      && run.filter(it -> it.started().goal() != Goal.RESTORE).isPresent();
              List<HostOp> news =
                  takesBack ? Lead.heard(member, run.get(), marked, request) : List.of();
              if (news.isEmpty()) {
                return member;
              }
              perform(member, news);
              return reread(member);
            })
        .toList();
  }

  /** What a run had decided; what no host knows, a person may have said. */
  private PastDecision decision(String open, List<Member> members) {
    PastDecision told = PastDecision.of(open, members);
    if (told != PastDecision.UNKNOWN) {
      return told;
    }
    return request
        .decided()
        .filter(said -> goal == Goal.RECOVER)
        .map(
            said -> said == DeployRequest.Said.COMMITTED ? PastDecision.FORWARD : PastDecision.BACK)
        .orElseThrow(() -> new UndecidedException(open, members, request.goalCommand()));
  }

  /** The runs without an end, each before those that any host knows to be older. */
  private List<String> unfinished(Collection<Member> members) {
    List<List<String>> left = new ArrayList<>();
    for (Member member : members) {
      left.add(
          new ArrayList<>(
              member.history().allUnfinished(runId).stream()
                  .map(run -> run.started().runId())
                  .toList()));
    }
    List<String> ordered = new ArrayList<>();
    while (true) {
      left.removeIf(List::isEmpty);
      if (left.isEmpty()) {
        return ordered;
      }
      List<String> heads = left.stream().map(runs -> runs.get(0)).toList();
      String next =
          heads.stream()
              .filter(head -> left.stream().noneMatch(runs -> runs.indexOf(head) > 0))
              .findFirst()
              .orElse(heads.get(0));
      ordered.add(next);
      left.forEach(runs -> runs.remove(next));
    }
  }

  /** From now on this, not what current was when the lock was taken, is what a revert restores. */
  private Member based(Member found, Map<String, Member> members) {
    Member member = members.getOrDefault(found.name(), found);
    List<ReleaseId> leftovers = leftovers(member);
    sweep(member, leftovers);
    if (leftovers.isEmpty() && found.history().unfinished(runId).isEmpty()) {
      return member;
    }
    perform(member, List.of(new HostOp.Append(new Based(runId, member.from()))));
    return reread(member);
  }

  private Member withoutOrphans(Member member) {
    if (member.history().unfinished(runId).isEmpty()) {
      return member;
    }
    Orphans orphans = Orphans.end(member, request.spec(), text -> tell(member, text));
    member.history().allUnfinished(runId).forEach(orphans::conclude);
    return reread(member);
  }

  /** Whether there was a run to settle. */
  boolean settled() {
    return settled;
  }

  /**
   * Whether settling did what a rollback is asked for: it took an undecided release back, or
   * finished a rollback. One more step back would be one too many.
   */
  boolean wentBack() {
    return wentBack;
  }

  /** The release that was taken back, or that the rollback left. */
  Optional<ReleaseId> left() {
    return left;
  }

  /** Settles one run on every member where it has no end. */
  private void settle(String open, Map<String, Member> members) {
    List<Member> marked = heard(open, new Lead(open, List.copyOf(members.values())).marked());
    List<Interrupted> parts =
        marked.stream()
            .sorted(Comparator.comparing(Member::coordinator).reversed())
            .flatMap(
                member ->
                    member
                        .history()
                        .run(open)
                        .filter(run -> run.end().isEmpty())
                        .map(run -> new Interrupted(member, run, request))
                        .stream())
            .toList();
    parts.forEach(part -> tell(part.member(), "settling the interrupted " + words(part.open())));
    List<String> gone =
        parts.stream()
            .flatMap(part -> Absent.of(part.open(), request.targets()).stream())
            .distinct()
            .toList();
    if (!gone.isEmpty()) {
      wiring
          .tools()
          .listener()
          .on(
              new DeployEvent.Warning(
                  Optional.empty(),
                  "the interrupted run was also on "
                      + String.join(", ", gone)
                      + ", not among the targets now: what it did there is settled when it is one again"));
    }
    settled = true;
    boolean decided = decisions.get(open) == PastDecision.FORWARD;
    if (decided) {
      finish(parts, marked);
      wentBack |= parts.get(0).open().started().goal() == Goal.ROLLBACK;
      left = parts.get(0).from();
    } else {
      takeBack(parts, marked);
    }
    for (Interrupted part : parts) {
      Member after = members.computeIfPresent(part.member().name(), (name, it) -> reread(it));
      if (after == null) {
        continue;
      }
      after.history().run(open).ifPresent(this::remember);
      if (part.open().maySwitch()) {
        compare(after, decided);
      }
    }
  }

  /**
   * What it was settled to is the only thing there is to go to, damaged or not. Who goes back tells
   * of it.
   */
  private void compare(Member member, boolean decided) {
    String damage =
        Decisions.live(member).map(live -> Wholeness.of(member, live).damage()).orElse("");
    damaged.remove(member.name());
    if (!damage.isEmpty()) {
      String text = "what is live is not as it was sealed: " + damage;
      damaged.put(member.name(), text);
      if (decided) {
        warn(member, text);
      }
    }
  }

  /** How what is live now differs from what was sealed, by the names of the members. */
  Map<String, String> damaged() {
    return Map.copyOf(damaged);
  }

  private void finish(List<Interrupted> parts, List<Member> marked) {
    List<Interrupted> elsewhere = parts.stream().filter(part -> !part.isThere()).toList();
    elsewhere.forEach(
        part ->
            warn(
                part.member(),
                "the interrupted run had decided, and somebody has moved current here: it is left"
                    + " where it is, and so are the databases"));
    for (Interrupted part : parts) {
      boolean sure = !elsewhere.isEmpty() || guarded(part, () -> part.finishDowns(wiring.tools()));
      end(part, marked, part.forward(!sure));
    }
  }

  /** Every host goes back to its old release before a migration of the new one is undone. */
  private void takeBack(List<Interrupted> parts, List<Member> marked) {
    boolean sure = true;
    for (Interrupted part : parts) {
      part.unknown().forEach(what -> warn(part.member(), what));
      sure &= guarded(part, () -> part.downFirst(wiring.tools()));
    }
    for (Interrupted part : parts) {
      guarded(part, () -> part.switchBack(wiring.tools()));
    }
    for (Interrupted part : parts) {
      boolean whole = sure && guarded(part, () -> part.takeBack(wiring.tools()));
      // The files of the release are what a database in doubt may still be taken back with.
      sure &= whole || !part.member().coordinator() || !sharedInDoubt();
      Outcome outcome = whole ? part.back() : Outcome.IN_DOUBT;
      end(part, marked, part.ended(outcome));
    }
    Interrupted first = parts.get(0);
    wentBack |= goesForward(first.open()) || hadGoneBack(first.member(), first.open());
    left = first.left();
  }

  private boolean sharedInDoubt() {
    return request.spec().migrations().stream()
        .anyMatch(migration -> migration.on() != Where.ALL && inDoubt.contains(migration.id()));
  }

  /** Ends it on one member, which hears before that what became of the databases all share. */
  private void end(Interrupted part, List<Member> marked, List<HostOp> ops) {
    List<HostOp> all = new ArrayList<>();
    if (!part.open().migrations().isEmpty()) {
      marked.stream()
          .filter(member -> member.coordinator() && !member.name().equals(part.member().name()))
          .findFirst()
          .ifPresent(
              leader -> all.addAll(Lead.news(reread(leader), part.member(), part.open(), request)));
    }
    all.addAll(ops);
    perform(part.member(), all);
  }

  private static boolean goesForward(Run run) {
    return run.started().goal() == Goal.RELEASE || run.started().goal() == Goal.ACTIVATE;
  }

  /** Whether a rollback was cut off when it had settled what it was asked for, and no more. */
  private static boolean hadGoneBack(Member member, Run open) {
    return open.started().goal() == Goal.ROLLBACK
        && !open.maySwitch()
        && member.history().settledBy(open).stream()
            .anyMatch(
                settled ->
                    goesForward(settled)
                        ? settled.takenBack()
                        : settled.end().equals(Optional.of(Outcome.ROLLED_BACK))
                            || hadGoneBack(member, settled));
  }

  /**
   * Whether it leaves no database in doubt; every other failure but a sick old release ends here.
   */
  private boolean guarded(Interrupted part, Runnable work) {
    try {
      work.run();
      return true;
    } catch (CutoverException e) {
      if (e.getCause() instanceof InDoubtException doubt) {
        doubts.add(part.member().name() + ": " + doubt.getMessage());
        inDoubt.add(doubt.migration());
        return false;
      }
      if (!(e.getCause() instanceof StillSickException)) {
        throw new Refusal(
            "%s: an interrupted run could not be settled: %s"
                .formatted(part.member().name(), e.getMessage()),
            moved(part, String.valueOf(e.getMessage()))
                .orElse("put right what it names, then the same goal again"));
      }
      part.stillSick();
      warn(part.member(), String.valueOf(e.getCause().getMessage()));
      return true;
    }
  }

  /** What a person can do where another one has moved {@code current}: we go back from our own. */
  private static Optional<String> moved(Interrupted part, String why) {
    String current = part.member().layout().current().value();
    return part.open()
        .from()
        .filter(from -> why.contains("somebody else changed it"))
        .map(
            from ->
                "on %s let current lead to what was live before that run: ln -sfn '%s' '%s'; then the same goal again"
                    .formatted(part.member().name(), from, current));
  }

  private static String words(Run open) {
    return "deploy:%s of %s (%s)%s"
        .formatted(
            open.started().goal().word(),
            open.started().owner(),
            open.at(),
            open.watchdog() ? ", which the watchdog put back" : "");
  }

  /** What cannot be told of databases, a sentence each; a person must look. */
  List<String> doubts() {
    return List.copyOf(doubts);
  }

  /** The migrations those are about. */
  Set<String> inDoubt() {
    return Set.copyOf(inDoubt);
  }

  private void remember(Run run) {
    for (KnownMigration known : run.migrations()) {
      migrations.put(
          known.migration(),
          switch (known.state()) {
            case APPLIED -> "applied";
            case UNDONE -> "undone";
            case STARTED, FAILED, DIRTY -> "in doubt";
          });
    }
  }

  /** What became of the migrations of the runs that were settled. */
  List<MigrationState> migrations() {
    return migrations.entrySet().stream()
        .map(known -> new MigrationState(known.getKey(), known.getValue()))
        .toList();
  }

  /** Uploads that never became a release. Under the lock they can be nobody else's. */
  private static List<ReleaseId> leftovers(Member member) {
    return member.facts().staged().stream()
        .filter(id -> !member.history().state(id).equals(Optional.of(ReleaseState.SEALED)))
        .toList();
  }

  private void sweep(Member member, List<ReleaseId> orphans) {
    if (!orphans.isEmpty()) {
      perform(
          member,
          orphans.stream()
              .<HostOp>map(
                  id ->
                      new HostOp.Quarantine(
                          runId, id, ReleaseState.FAILED, "its upload was interrupted"))
              .toList());
    }
  }

  private void perform(Member member, List<HostOp> ops) {
    List<OpResult> results = member.perform(ops, OpListener.SILENT);
    OpResult last = results.get(results.size() - 1);
    if (!last.ok()) {
      throw new Refusal(
          "%s: an interrupted run could not be settled: %s"
              .formatted(
                  member.name(), Obstacle.failure(last.message().strip(), last).getMessage()),
          request.goalCommand() + "status");
    }
  }

  private Member reread(Member member) {
    return member.with(
        member
            .host()
            .facts(new FactsQuery(member.host().target().root(), request.spec().shared())));
  }

  private void tell(Member member, String text) {
    wiring.tools().listener().on(new DeployEvent.Notice(Optional.of(member.name()), text));
  }

  private void warn(Member member, String text) {
    wiring.tools().listener().on(new DeployEvent.Warning(Optional.of(member.name()), text));
  }
}
