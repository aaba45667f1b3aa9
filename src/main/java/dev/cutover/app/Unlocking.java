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
import java.util.ArrayList;
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
      List<HostState> states = new ArrayList<>();
      boolean broken = false;
      boolean unsettled = false;
      for (Fleet.Ship ship : fleet.ships()) {
        HostFacts facts = facts(ship);
        Optional<String> lock = facts.lock();
        if (lock.isPresent()) {
          breakLock(ship, facts, lock.get());
          broken = true;
          unsettled |= leavesUnsettled(ship, facts);
        } else {
          tell(ship, "no lock is held");
        }
        states.add(
            Reporting.state(
                ship.name(), facts, Health.UNKNOWN, lock.isPresent() ? "unlocked" : "was free"));
      }
      return reporting.ended(
          reporting.plain(
              broken ? Outcome.RECOVERED : Outcome.NOTHING_CHANGED,
              states,
              unsettled ? request.goalCommand() + Goal.RECOVER.word() : ""));
    } catch (CutoverException e) {
      return reporting.ended(reporting.refused(e));
    }
  }

  private HostFacts facts(Fleet.Ship ship) {
    return ship.host().facts(new FactsQuery(ship.host().target().root(), request.spec().shared()));
  }

  private void breakLock(Fleet.Ship ship, HostFacts facts, String lock) {
    if (facts.holderAlive() && !request.force()) {
      throw new Refusal(
          "%s: the run that holds the lock is alive: %s".formatted(ship.name(), Locks.words(lock)),
          "wait for it, or, if you are sure: " + request.goalCommand() + "unlock -Ddeploy.force");
    }
    OpResult result = ship.host().breakLock(facts.layout(), lock);
    if (!result.ok()) {
      throw new Refusal(
          "%s: the lock has changed hands meanwhile".formatted(ship.name()),
          request.goalCommand() + "status");
    }
    tell(ship, "broke the lock of " + Locks.words(lock));
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
