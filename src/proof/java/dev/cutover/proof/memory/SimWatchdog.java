package dev.cutover.proof.memory;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.WatchdogActed;
import dev.cutover.proof.memory.Script.Cut;
import dev.cutover.proof.memory.Script.Failed;
import dev.cutover.proof.memory.Script.Writes;
import dev.cutover.proof.memory.SimDisk.View;
import dev.cutover.transport.HostOp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * {@code watch.sh}: puts back what was live before when its run says nothing in time.
 *
 * @param token of its run, and then its own
 * @param due when it does what comes next; empty: it waits for the switch
 */
record SimWatchdog(LockToken token, HostOp.Arm arm, Phase phase, Optional<Instant> due) {

  /** How far it is. */
  enum Phase {
    BEFORE,
    SWITCHED,
    BACK,
    RESTARTING
  }

  static SimWatchdog armed(LockToken token, HostOp.Arm arm) {
    return new SimWatchdog(token, arm, Phase.BEFORE, Optional.empty());
  }

  /** What it makes of {@code current}, which has just changed. */
  SimWatchdog saw(Optional<RemotePath> current, Instant now) {
    boolean there = current.equals(Optional.of(arm.to()));
    Optional<Instant> then = Optional.of(now.plusSeconds(arm.graceSeconds()));
    if (phase == Phase.BEFORE && there) {
      return new SimWatchdog(token, arm, Phase.SWITCHED, then);
    }
    return phase == Phase.SWITCHED && !there ? new SimWatchdog(token, arm, Phase.BACK, then) : this;
  }

  /** Its time has come. */
  void act(World world, Machine machine) {
    machine.watchdog = Optional.empty();
    if (!machine.opens(token.text())) {
      return;
    }
    if (phase == Phase.RESTARTING) {
      letGo(machine);
    } else if (!decided(machine)) {
      SimClient self = new SimClient(world, world.watchdogMeets, Turn.ALONE, Trial.SILENT);
      try {
        putBack(world, machine, new Script(self, machine));
      } catch (Cut | Failed e) {
        machine.holders.removeIf(holder -> holder.client() == self);
      }
      world.watchdogPasses.addAll(self.points());
    }
  }

  private static void letGo(Machine machine) {
    machine.holders.clear();
    machine.disk.remove(Machine.LOCK);
    machine.disk.sync(Machine.STATE);
  }

  private boolean decided(Machine machine) {
    boolean decided =
        machine.journal(View.NOW).stream()
            .map(Journal.Line::entry)
            .anyMatch(e -> e instanceof Committed done && done.runId().equals(arm.runId()));
    if (decided) {
      machine.disk.sync(Machine.JOURNAL);
    }
    return decided;
  }

  private void putBack(World world, Machine machine, Script script) {
    Instant now = world.now().truncatedTo(ChronoUnit.SECONDS);
    script.spare();
    long seq = new Locking(script).advance(0);
    LockToken own = new LockToken(seq, arm.runId(), "watchdog", token.goal(), now);
    script.point("link the lock", Writes.LITTLE);
    machine.disk.symlink(Machine.LOCK, own.text());
    script.sync(Machine.STATE);
    machine.holders.clear();
    machine.holders.add(new Machine.Holder(script.client(), this));
    SimPromises.granted(machine, own);
    script.fencedBy(Optional.of(own.text()));
    script.record(seq, List.of(new WatchdogActed(arm.runId())));
    Optional<RemotePath> expected = phase == Phase.BACK ? Optional.empty() : Optional.of(arm.to());
    Flipping flipping = new Flipping(script, own);
    if (arm.from().isPresent()) {
      flipping.flip(new HostOp.Switch(arm.runId(), arm.from().get(), expected, Optional.empty()));
    } else {
      flipping.remove(new HostOp.RemoveCurrent(arm.runId(), arm.to()));
    }
    Instant done = world.now().plus(SimCommands.LONG);
    try {
      arm.restart()
          .ifPresent(
              command -> new SimCommands(script, own).start(new HostOp.Run(command, arm.runId())));
    } catch (Failed e) {
      letGo(machine);
      return;
    }
    machine.watchdog = Optional.of(new SimWatchdog(own, arm, Phase.RESTARTING, Optional.of(done)));
  }
}
