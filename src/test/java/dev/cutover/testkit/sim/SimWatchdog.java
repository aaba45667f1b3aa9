package dev.cutover.testkit.sim;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.WatchdogActed;
import dev.cutover.testkit.sim.Machine.Holder;
import dev.cutover.testkit.sim.Script.Cut;
import dev.cutover.testkit.sim.Script.Failed;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.transport.HostOp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code watch.sh}: puts back what was live before when its run says nothing in time.
 *
 * @param token of its run, and then its own
 * @param due when it does what comes next
 */
record SimWatchdog(LockToken token, HostOp.Arm arm, Phase phase, Instant due) {

  /** How long it waits for the switch. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** How far it is. */
  enum Phase {
    BEFORE,
    SWITCHED,
    BACK,
    RESTARTING
  }

  static SimWatchdog armed(LockToken token, HostOp.Arm arm, Instant now) {
    return new SimWatchdog(token, arm, Phase.BEFORE, now.plus(PATIENCE));
  }

  /** What it makes of {@code current}, which has just changed. */
  SimWatchdog saw(Optional<RemotePath> current, Instant now) {
    boolean there = current.equals(Optional.of(arm.to()));
    Instant then = now.plusSeconds(arm.graceSeconds());
    if (phase == Phase.BEFORE && there) {
      return new SimWatchdog(token, arm, Phase.SWITCHED, then);
    }
    return phase == Phase.SWITCHED && !there ? new SimWatchdog(token, arm, Phase.BACK, then) : this;
  }

  /** Its time has come. */
  void act(SimWorld world, Machine machine) {
    machine.watchdog = Optional.empty();
    if (phase == Phase.BEFORE || !machine.opens(token.text())) {
      return;
    }
    if (phase == Phase.RESTARTING) {
      letGoOnceRestarted(world, machine);
    } else if (!decided(machine)) {
      Caller self = world.watchdog();
      try {
        putBack(world, machine, new Script(world, self, machine));
      } catch (Cut | Failed e) {
        machine.holders.removeIf(holder -> holder.caller() == self);
      }
    }
  }

  private void letGoOnceRestarted(SimWorld world, Machine machine) {
    Optional<Instant> end =
        machine.jobs.stream()
            .filter(job -> job.seq() == token.seq())
            .map(Job::due)
            .filter(due -> due.isAfter(world.now()))
            .findFirst();
    machine.watchdog = end.map(then -> new SimWatchdog(token, arm, phase, then));
    if (end.isEmpty()) {
      letGo(machine);
    }
  }

  private void letGo(Machine machine) {
    machine.holders.removeIf(holder -> holder.connection().equals(token));
    machine.disk().remove(Machine.LOCK);
    machine.disk().sync(Machine.STATE);
  }

  private boolean decided(Machine machine) {
    boolean decided =
        machine.journal(View.NOW).stream()
            .map(Journal.Line::entry)
            .anyMatch(e -> e instanceof Committed done && done.runId().equals(arm.runId()));
    if (decided) {
      machine.disk().sync(Machine.JOURNAL);
    }
    return decided;
  }

  private void putBack(SimWorld world, Machine machine, Script script) {
    script.spare();
    long seq = new Locking(script).advance(0);
    LockToken own = new LockToken(seq, arm.runId(), "watchdog", token.goal(), script.now());
    script.point("link the lock", Writes.LITTLE);
    machine.disk().symlink(Machine.LOCK, own.text());
    script.sync(Machine.STATE);
    machine.removeAlive(world.now());
    machine.holders.add(new Holder(script.caller(), own, machine.beat(world.now())));
    world.observer().granted(machine, own);
    script.fencedBy(Optional.of(own.text()));
    script.record(seq, List.of(new WatchdogActed(arm.runId())));
    Optional<RemotePath> expected = phase == Phase.BACK ? Optional.empty() : Optional.of(arm.to());
    Flipping flipping = new Flipping(script, own);
    if (arm.from().isPresent()) {
      flipping.flip(new HostOp.Switch(arm.runId(), arm.from().get(), expected, Optional.empty()));
    } else {
      flipping.remove(new HostOp.RemoveCurrent(arm.runId(), arm.to()));
    }
    SimWatchdog last = new SimWatchdog(own, arm, Phase.RESTARTING, world.now());
    try {
      arm.restart()
          .ifPresent(
              command -> new SimCommands(script, own).start(new HostOp.Run(command, arm.runId())));
    } catch (Failed e) {
      last.letGo(machine);
      return;
    }
    last.letGoOnceRestarted(world, machine);
  }
}
