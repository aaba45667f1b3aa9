package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.Hook;
import dev.cutover.domain.HostFacts.Current;
import dev.cutover.domain.Identity;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.JournalEntry.RunEnded;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.KnownMigration.State;
import dev.cutover.domain.journal.Run;
import dev.cutover.engine.Finishing;
import dev.cutover.engine.Tools;
import dev.cutover.engine.Undoing;
import dev.cutover.step.Baselines;
import dev.cutover.step.CommitStep;
import dev.cutover.step.DownStep;
import dev.cutover.step.HalfRestored;
import dev.cutover.step.HookStep;
import dev.cutover.step.Member;
import dev.cutover.step.MigrateStep;
import dev.cutover.step.ProbeOldAgainStep;
import dev.cutover.step.PublishStep;
import dev.cutover.step.PublishStep.Back;
import dev.cutover.step.RunInfo;
import dev.cutover.step.Step;
import dev.cutover.step.SwitchStep;
import dev.cutover.transport.HostOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What an interrupted, undecided run left on one member, and how it is taken back. */
final class Interrupted {

  private final Member member;
  private final Run open;
  private final RunInfo run;
  private final Optional<ReleaseId> subject;
  private boolean stillSick;

  Interrupted(Member member, Run open, DeployRequest request) {
    this.member = member;
    this.open = open;
    this.subject =
        open.subject()
            .or(() -> open.headedFor().flatMap(member.layout()::releaseAt))
            .or(() -> open.migrations().stream().map(KnownMigration::release).findFirst());
    ReleaseId id = subject.orElse(new ReleaseId("none"));
    Identity identity =
        member
            .history()
            .description(id)
            .map(known -> new Identity(request.project().name(), known.version(), known.revision()))
            .orElse(new Identity(request.project().name(), "", ""));
    this.run =
        new RunInfo(
            open.started().runId(),
            open.started().goal(),
            id,
            identity,
            request.spec(),
            request.directory());
  }

  Member member() {
    return member;
  }

  Run open() {
    return open;
  }

  /** The release that was live when it began. */
  Optional<ReleaseId> from() {
    return open.from().flatMap(member.layout()::releaseAt);
  }

  /** What was live before is live again, but not healthy any more. */
  void stillSick() {
    stillSick = true;
  }

  /** How it ends when all it began is taken back. */
  Outcome back() {
    return stillSick ? Outcome.REVERT_FAILED : Outcome.REVERTED;
  }

  /** What it made; a rollback or a restore makes nothing. */
  Optional<ReleaseId> left() {
    return makesNothing() ? Optional.empty() : subject;
  }

  private boolean makesNothing() {
    return open.started().goal() == Goal.ROLLBACK || open.started().goal() == Goal.RESTORE;
  }

  /** What it began and this configuration does not know, so that it stays as it is. */
  List<String> unknown() {
    Stream<String> migrations =
        open.migrations().stream()
            .filter(step -> !step.undone())
            .map(KnownMigration::migration)
            .filter(id -> migration(id).isEmpty())
            .map(id -> "migration " + id + " is not configured any more: its change stays");
    Stream<String> hooks =
        open.begun().stream()
            .filter(name -> hooks().stream().noneMatch(hook -> hook.ref().name().equals(name)))
            .map(name -> name + " is not configured any more: it is not undone");
    return Stream.concat(migrations, hooks).toList();
  }

  /** Whether what it was to make live is live here; so it is with a run that makes nothing live. */
  boolean isThere() {
    return !makesLive()
        || subject.map(member.layout()::release).equals(member.facts().current().live());
  }

  /** What is still to be done of a run that has decided. */
  List<HostOp> forward(boolean inDoubt) {
    List<HostOp> ops = new ArrayList<>();
    boolean decidedHere = open.commit().isPresent();
    if (makesLive() && isThere()) {
      ops.addAll(new CommitStep(run).again(atItsBeginning()));
    } else if (makesLive() && !makesNothing() && isLiveInTheJournal()) {
      // It was proven here too; that somebody has moved current since says nothing against it.
      ops.add(
          new HostOp.Append(
              new StateChanged(run.runId(), run.subject(), ReleaseState.GOOD, "decided")));
    }
    Outcome whole = isThere() || decidedHere ? outcome() : Outcome.MIXED;
    ops.add(new HostOp.Append(new RunEnded(run.runId(), inDoubt ? Outcome.IN_DOUBT : whole)));
    return ops;
  }

  private boolean makesLive() {
    return switch (open.started().goal()) {
      case RELEASE, ACTIVATE, ROLLBACK, RESTORE -> open.commit().isPresent() || subject.isPresent();
      default -> false;
    };
  }

  private boolean isLiveInTheJournal() {
    return subject
        .flatMap(member.history()::state)
        .filter(state -> state == ReleaseState.LIVE)
        .isPresent();
  }

  private Outcome outcome() {
    return switch (open.started().goal()) {
      case ROLLBACK -> Outcome.ROLLED_BACK;
      case RESTORE -> Outcome.RESTORED;
      case STAGE -> Outcome.STAGED;
      case PRUNE -> Outcome.PRUNED;
      case RECOVER -> Outcome.RECOVERED;
      default -> Outcome.RELEASED;
    };
  }

  /** Ends it as taken back; what its decision had withdrawn here counts again. */
  List<HostOp> ended(Outcome how) {
    List<HostOp> ops = new ArrayList<>();
    from()
        .filter(from -> open.commit().isPresent() && makesNothing())
        .filter(from -> member.history().state(from).equals(Optional.of(ReleaseState.WITHDRAWN)))
        .ifPresent(
            from ->
                ops.add(
                    new HostOp.Append(
                        new StateChanged(
                            run.runId(), from, ReleaseState.GOOD, "its rollback is taken back"))));
    ops.add(new HostOp.Append(new RunEnded(run.runId(), how)));
    return ops;
  }

  /**
   * Takes back the migrations that a decided rollback had still to take back.
   *
   * @throws dev.cutover.error.CutoverException when one could not be taken back
   */
  void finishDowns(Tools tools) {
    if (open.started().goal() != Goal.ROLLBACK) {
      return;
    }
    List<Step> downs = new ArrayList<>();
    for (KnownMigration touched : open.migrations()) {
      migration(touched.migration())
          .filter(migration -> !touched.undone())
          .filter(this::isOurs)
          .ifPresent(migration -> downs.add(new DownStep(run, migration, touched.release())));
    }
    new Finishing(tools, run, downs).on(atItsBeginning());
  }

  /**
   * Takes back what was left when the database of a migration was in doubt, now that somebody has
   * said how it stands. The code is back already.
   *
   * @param settled the migration, which stays as it is
   */
  void takeBackRest(Tools tools, String settled) {
    if (left().isEmpty()
        || member.facts().current().live().flatMap(member.layout()::releaseAt).equals(left())) {
      return;
    }
    List<Step> begun = new ArrayList<>();
    begun.add(new PublishStep(run, Back.TO_QUARANTINE));
    migrations().stream()
        .filter(step -> !step.migration().id().equals(settled))
        .filter(step -> isLast(step.migration().id()))
        .forEach(begun::add);
    new Undoing(tools, run, begun, List.of())
        .on(atItsBeginning(), "its migration was in doubt", !open.switches().isEmpty());
  }

  /** Whether no release after this one has touched a migration's database. */
  private boolean isLast(String id) {
    return member.history().migrations().stream()
        .filter(known -> known.migration().equals(id))
        .reduce((older, newer) -> newer)
        .filter(known -> subject.equals(Optional.of(known.release())))
        .isPresent();
  }

  /** Whether this member takes it back: one that all share is taken back once. */
  private boolean isOurs(Migration migration) {
    return migration.on() == Where.ALL || member.coordinator();
  }

  /** What a restore has applied again, on a database that was put back, stays. */
  private boolean isToGo(KnownMigration touched) {
    return open.started().goal() == Goal.RESTORE
        ? touched.state() != State.APPLIED && !touched.undone()
        : !touched.undone();
  }

  /** The migrations it has touched and that are not undone, in the order they were started. */
  private List<MigrateStep> migrations() {
    if (open.started().goal() == Goal.ROLLBACK) {
      return List.of();
    }
    return run.spec().migrations().stream()
        .filter(this::isOurs)
        .filter(
            migration ->
                open.migrations().stream()
                    .anyMatch(
                        touched -> touched.migration().equals(migration.id()) && isToGo(touched)))
        .map(migration -> new MigrateStep(run, migration))
        .toList();
  }

  private List<HalfRestored> halfRestored() {
    if (open.started().goal() != Goal.RESTORE) {
      return List.of();
    }
    return open.migrations().stream()
        .filter(touched -> touched.undone() && touched.release().equals(run.subject()))
        .flatMap(touched -> migration(touched.migration()).stream())
        .map(migration -> new HalfRestored(run, migration))
        .toList();
  }

  /**
   * Takes back what it did since it was about to switch.
   *
   * @throws dev.cutover.error.CutoverException when something could not be taken back
   */
  void switchBack(Tools tools) {
    List<Step> begun = new ArrayList<>();
    // A switch that was put back already may lack the restart and the health check that belong to
    // it.
    if (open.maySwitch()) {
      begun.add(new SwitchStep(run, new Baselines(baseline()), false));
    }
    begun.addAll(hooks(Hook.Point.AFTER_SWITCH));
    undo(tools, begun);
  }

  /**
   * Takes back what it did before that: hooks, migrations, files; but for {@link #downFirst}.
   *
   * @throws dev.cutover.error.CutoverException when something could not be taken back
   */
  void takeBack(Tools tools) {
    if (subject.isEmpty()) {
      return;
    }
    List<Step> begun = new ArrayList<>();
    if (left().isPresent()) {
      boolean waited = open.started().goal() == Goal.ACTIVATE;
      begun.add(new PublishStep(run, waited ? Back.TO_STAGING : Back.TO_QUARANTINE));
    }
    begun.addAll(hooks(Hook.Point.BEFORE_SEAL));
    if (run.spec().migrations().stream().anyMatch(Migration::probeOld)
        && !open.migrations().isEmpty()) {
      begun.add(new ProbeOldAgainStep(run, new Baselines(baseline())));
    }
    begun.addAll(migrations());
    begun.addAll(halfRestored());
    begun.addAll(hooks(Hook.Point.BEFORE_SWITCH));
    begun.removeAll(first());
    undo(tools, begun);
  }

  /** Takes back, while its code is still live, what the old code cannot live with. */
  void downFirst(Tools tools) {
    undo(tools, first());
  }

  private List<Step> first() {
    return open.maySwitch()
        ? List.copyOf(migrations().stream().filter(MigrateStep::undoneFirst).toList())
        : List.of();
  }

  private void undo(Tools tools, List<Step> begun) {
    new Undoing(tools, run, begun, List.of())
        .on(atItsBeginning(), "its run was interrupted", !open.switches().isEmpty());
  }

  private List<HookStep> hooks(Hook.Point point) {
    return hooks().stream()
        .filter(step -> step.hook().at() == point)
        .filter(step -> open.begun().contains(step.ref().name()))
        .toList();
  }

  private List<HookStep> hooks() {
    return Arrays.stream(Hook.Point.values())
        .flatMap(point -> HookStep.at(run, "settle", point).stream())
        .toList();
  }

  private Map<String, Health> baseline() {
    return open.baseline()
        .map(health -> Map.of(member.name(), health))
        .orElse(Map.<String, Health>of());
  }

  private Optional<Migration> migration(String id) {
    return run.spec().migrations().stream()
        .filter(migration -> migration.id().equals(id))
        .findFirst();
  }

  /** The member with FROM as the interrupted run saw it. */
  private Member atItsBeginning() {
    Optional<RemotePath> from = open.from();
    return member.with(
        member.facts().with(from.<Current>map(Current.Live::new).orElseGet(Current.Absent::new)));
  }
}
