package dev.cutover.app;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.Run;
import dev.cutover.error.CutoverException;
import dev.cutover.event.DeployEvent;
import dev.cutover.transport.OpResult;
import java.util.List;
import java.util.Optional;

/** {@code deploy:unlock}: breaks the locks of runs that will not come back. */
final class Unlocking {

  private final Wiring wiring;
  private final DeployRequest request;
  private final Reporting reporting;

  Unlocking(Wiring wiring, DeployRequest request) {
    this.wiring = wiring;
    this.request = request;
    this.reporting = new Reporting(wiring, request, Goal.UNLOCK);
  }

  OutcomeReport run() {
    reporting.started();
    try (Fleet fleet = Fleet.connect(wiring, request.targets())) {
      List<Locked> hosts =
          fleet.ships().stream().map(ship -> new Locked(ship, facts(ship))).toList();
      requireDead(hosts);
      return reporting.ended(broken(hosts.stream().map(this::breakLock).toList()));
    } catch (CutoverException e) {
      return reporting.ended(reporting.refused(e));
    }
  }

  /** A host, and what was read there. */
  private record Locked(Fleet.Ship ship, HostFacts facts) {
    String name() {
      return ship.name();
    }
  }

  /**
   * What became of a host's lock.
   *
   * @param broken whether it was broken, as far as this side knows
   * @param unsettled whether its run left something to settle
   * @param failure why it was not
   */
  private record Broken(
      Locked host, boolean broken, boolean unsettled, Optional<CutoverException> failure) {

    HostState state() {
      String note =
          failure
              .map(Broken::note)
              .orElse(host.facts().lock().isPresent() ? "unlocked" : "was free");
      return Reporting.state(host.name(), host.facts(), Health.UNKNOWN, note);
    }

    private static String note(CutoverException failure) {
      return failure instanceof Refusal
          ? "its lock stands"
          : "whether its lock was broken is not known";
    }
  }

  private HostFacts facts(Fleet.Ship ship) {
    return ship.host().facts(new FactsQuery(ship.host().target().root(), request.spec().shared()));
  }

  /** All hosts are judged before the first lock is broken: a refusal has touched none of them. */
  private void requireDead(List<Locked> hosts) {
    List<String> alive =
        hosts.stream()
            .filter(host -> host.facts().holderAlive() && !request.force())
            .flatMap(
                host ->
                    host.facts().lock().stream()
                        .map(
                            lock ->
                                "%s: the run that holds the lock is alive: %s"
                                    .formatted(host.name(), Locks.words(lock))))
            .toList();
    if (!alive.isEmpty()) {
      throw new Refusal(
          String.join("\n", alive),
          "wait for it, or, if you are sure: " + request.goalCommand() + "unlock -Ddeploy.force");
    }
  }

  private Broken breakLock(Locked host) {
    Optional<String> lock = host.facts().lock();
    if (lock.isEmpty()) {
      tell(host.ship(), "no lock is held");
      return new Broken(host, false, false, Optional.empty());
    }
    try {
      OpResult result = host.ship().host().breakLock(host.facts().layout(), lock.get());
      if (!result.ok()) {
        throw new Refusal(
            "%s: the lock has changed hands meanwhile".formatted(host.name()),
            request.goalCommand() + "status");
      }
    } catch (CutoverException e) {
      return new Broken(host, false, false, Optional.of(e));
    }
    tell(host.ship(), "broke the lock of " + Locks.words(lock.get()));
    return new Broken(host, true, leavesUnsettled(host.ship(), host.facts()), Optional.empty());
  }

  private OutcomeReport broken(List<Broken> all) {
    List<CutoverException> failures =
        all.stream().flatMap(each -> each.failure().stream()).toList();
    boolean any = all.stream().anyMatch(Broken::broken);
    List<HostState> states = all.stream().map(Broken::state).toList();
    if (failures.isEmpty()) {
      boolean unsettled = all.stream().anyMatch(Broken::unsettled);
      return reporting.plain(
          any ? Outcome.RECOVERED : Outcome.NOTHING_CHANGED,
          states,
          unsettled ? request.goalCommand() + Goal.RECOVER.word() : "");
    }
    boolean refused = failures.stream().allMatch(Refusal.class::isInstance);
    if (refused && !any) {
      throw Fleet.joined(failures);
    }
    return reporting.halfUnlocked(
        refused ? Outcome.REVERT_FAILED : Outcome.OUTCOME_UNKNOWN, states, Fleet.joined(failures));
  }

  /** A lock alone is not what a run leaves: and its watchdog goes with the lock. */
  private boolean leavesUnsettled(Fleet.Ship ship, HostFacts facts) {
    Optional<Run> run = HostHistory.of(facts.journal()).unfinished("");
    run.ifPresent(
        open ->
            wiring
                .tools()
                .listener()
                .on(
                    new DeployEvent.Warning(
                        Optional.of(ship.name()),
                        "what the deploy:%s of %s did is not settled, and no watchdog puts it back now"
                            .formatted(open.started().goal().word(), open.started().owner()))));
    return run.isPresent();
  }

  private void tell(Fleet.Ship ship, String text) {
    wiring.tools().listener().on(new DeployEvent.Notice(Optional.of(ship.name()), text));
  }
}
