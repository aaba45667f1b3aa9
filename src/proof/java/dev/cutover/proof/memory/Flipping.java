package dev.cutover.proof.memory;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.JournalEntry.Switched;
import dev.cutover.domain.journal.JournalEntry.Switching;
import dev.cutover.proof.memory.Script.Failed;
import dev.cutover.proof.memory.Script.Writes;
import dev.cutover.proof.memory.SimDisk.View;
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
    RemotePath to =
        script.has(SimBug.ROLLBACK_BY_MTIME) && token.goal().equals("rollback")
            ? Mutants.newestOther(machine)
            : op.to();
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
    Optional<RemotePath> from = disk.link("current", View.NOW).map(RemotePath::new);
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
      throw new Failed(1, "current is " + from + ", not " + expected);
    }
    to.ifPresent(this::require);
    script.record(token.seq(), List.of(new Switching(runId, from, to)));
    if (script.has(SimBug.RECORD_BEFORE_ACT)) {
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
    if (!script.has(SimBug.RECORD_BEFORE_ACT)) {
      note(runId, from, to, stated);
    }
  }

  private void require(RemotePath to) {
    if (!disk.isDir("releases/" + to.name())) {
      throw new Failed(1, to + " is not a directory");
    }
  }

  private void point(RemotePath to) {
    ReleaseId id = Machine.LAYOUT.releaseAt(to).orElseThrow();
    script.point("make the link", Writes.LITTLE);
    if (script.has(SimBug.LINK_WITHOUT_T) && machine.live().isPresent()) {
      disk.symlink("releases/" + machine.live().get() + "/" + id, to.value());
      return;
    }
    if (script.has(SimBug.FLIP_IN_TWO)) {
      disk.remove("current");
    }
    disk.symlink(NEXT, to.value());
    script.point("rename the link to current", Writes.LITTLE);
    SimPromises.flips(script.world(), machine, token, id.value());
    disk.rename(NEXT, "current");
  }

  private void sync() {
    script.sync(script.has(SimBug.NO_DIRECTORY_SYNC), "");
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
