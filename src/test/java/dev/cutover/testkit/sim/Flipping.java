package dev.cutover.testkit.sim;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.JournalEntry.Switched;
import dev.cutover.domain.journal.JournalEntry.Switching;
import dev.cutover.testkit.sim.Machine.Current;
import dev.cutover.testkit.sim.Machine.Kind;
import dev.cutover.testkit.sim.Script.Failed;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.transport.HostOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code switch.sh}. */
final class Flipping {

  private static final String NEXT = Machine.STATE + "/current.next";

  private final Script script;
  private final Machine machine;
  private final SimDisk disk;
  private final LockToken token;

  Flipping(Script script, LockToken token) {
    this.script = script;
    this.machine = script.machine();
    this.disk = script.disk();
    this.token = token;
  }

  void flip(HostOp.Switch op) {
    Optional<JournalEntry> stated =
        op.live().map(id -> new StateChanged(op.runId(), id, ReleaseState.LIVE, ""));
    RemotePath to = script.care().target(machine, token, op.to());
    flip(op.runId(), Optional.of(to), op.expected(), stated);
  }

  void remove(HostOp.RemoveCurrent op) {
    flip(op.runId(), Optional.empty(), Optional.of(op.expected()), Optional.empty());
  }

  private void flip(
      String runId,
      Optional<RemotePath> to,
      Optional<RemotePath> expected,
      Optional<JournalEntry> stated) {
    Current current = machine.readCurrent();
    if (current.kind() == Kind.OTHER) {
      throw new Failed(1, machine.layout().current() + " is not a link");
    }
    Optional<RemotePath> from = current.to();
    if (from.equals(to)) {
      sync();
      Optional<Switched> last = last();
      if ((stated.isPresent() || last.isPresent())
          && !last.map(Switched::to).equals(Optional.of(to))) {
        note(runId, expected, to, stated);
      }
      return;
    }
    if (expected.isPresent() && !from.equals(expected)) {
      throw new Failed(1, isElsewhere(machine, from, expected.get()));
    }
    to.ifPresent(this::require);
    script.record(token.seq(), List.of(new Switching(runId, from, to)));
    if (!script.care().actsBeforeItRecords()) {
      note(runId, from, to, stated);
    }
    if (to.isPresent()) {
      point(to.get());
    } else {
      script.point("remove current", Writes.LITTLE);
      disk.remove("current");
    }
    machine.watchdog = machine.watchdog.map(watchdog -> watchdog.saw(to, script.world().now()));
    sync();
    if (script.care().actsBeforeItRecords()) {
      note(runId, from, to, stated);
    }
  }

  /** What is said when {@code current} is not what it must be. */
  static String isElsewhere(Machine machine, Optional<RemotePath> from, RemotePath expected) {
    return "%s is %s, not %s: somebody else changed it"
        .formatted(
            machine.layout().current(), from.map(RemotePath::value).orElse("absent"), expected);
  }

  private void require(RemotePath to) {
    if (machine.relative(to).flatMap(disk::real).filter(disk::isDir).isEmpty()) {
      throw new Failed(1, to + " is not a directory");
    }
  }

  private void point(RemotePath to) {
    script.point("make the link", Writes.LITTLE);
    if (!script.care().replacesLinks() && machine.live().isPresent()) {
      disk.symlink("releases/" + machine.live().get() + "/" + to.name(), to.value());
      return;
    }
    if (!script.care().flipsInOne()) {
      disk.remove("current");
    }
    disk.symlink(NEXT, to.value());
    script.point("rename the link to current", Writes.LITTLE);
    script.world().observer().flips(machine, token, to);
    disk.rename(NEXT, "current");
  }

  private void sync() {
    script.sync(!script.care().syncsSwitches(), "");
  }

  private Optional<Switched> last() {
    return machine.journal(View.NOW).stream()
        .map(Journal.Line::entry)
        .filter(Switched.class::isInstance)
        .map(Switched.class::cast)
        .reduce((older, newer) -> newer);
  }

  private void note(
      String runId,
      Optional<RemotePath> from,
      Optional<RemotePath> to,
      Optional<JournalEntry> stated) {
    List<JournalEntry> entries = new ArrayList<>(List.of(new Switched(runId, from, to)));
    stated.ifPresent(entries::add);
    script.record(token.seq(), entries);
  }
}
