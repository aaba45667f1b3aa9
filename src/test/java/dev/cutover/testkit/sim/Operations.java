package dev.cutover.testkit.sim;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.JournalEntry.WatchdogActed;
import dev.cutover.testkit.sim.Machine.Current;
import dev.cutover.testkit.sim.Machine.Kind;
import dev.cutover.testkit.sim.Script.Failed;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations of one batch, each as its script does it, step by step. */
final class Operations {

  private static final String LOG = "revisions.log";
  private static final int READABLE = 0644;

  /** What one script does. */
  private interface Act<O extends HostOp> {
    void on(O op);
  }

  private final Map<Class<? extends HostOp>, Act<HostOp>> acts = new HashMap<>();
  private final Script script;
  private final Machine machine;
  private final SimDisk disk;
  private final LockToken token;

  Operations(Script script, LockToken token) {
    this.script = script;
    this.machine = script.machine();
    this.disk = script.disk();
    this.token = token;
    Assembly assembly = new Assembly(script, token);
    Flipping flipping = new Flipping(script, token);
    Moves moves = new Moves(script, token);
    on(HostOp.Append.class, op -> record(op.entry()));
    on(HostOp.Assemble.class, assembly::assemble);
    on(HostOp.Seal.class, assembly::seal);
    on(HostOp.Publish.class, moves::publish);
    on(HostOp.Unpublish.class, moves::unpublish);
    on(HostOp.Quarantine.class, moves::quarantine);
    on(HostOp.Prune.class, moves::prune);
    on(HostOp.Switch.class, flipping::flip);
    on(HostOp.RemoveCurrent.class, flipping::remove);
    on(HostOp.Backup.class, new Backups(script)::perform);
    on(HostOp.LogRevision.class, this::logRevision);
    on(HostOp.Unlock.class, op -> unlock());
    on(HostOp.Commit.class, this::commit);
    on(HostOp.Arm.class, this::arm);
    on(HostOp.Disarm.class, op -> disarm());
    on(HostOp.Explain.class, op -> explain());
    on(HostOp.Orphans.class, op -> new SimCommands(script, token).endOrphans());
  }

  private <O extends HostOp> void on(Class<O> type, Act<O> act) {
    acts.put(type, op -> act.on(type.cast(op)));
  }

  /** Performs until one fails. */
  List<OpResult> perform(List<HostOp> ops, OpListener listener) {
    List<OpResult> results = new ArrayList<>();
    for (HostOp op : script.care().order(ops)) {
      int index = results.size();
      Optional<Failed> failed = script.begin(op);
      heard(() -> listener.started(index));
      OpResult result = failed.map(this::failed).orElseGet(() -> perform(op, index, listener));
      results.add(result);
      heard(() -> listener.ended(index, result));
      if (!result.ok()) {
        break;
      }
    }
    return results;
  }

  private void heard(Runnable word) {
    if (!script.lost()) {
      word.run();
    }
  }

  private OpResult failed(Failed failure) {
    return script.ended(failure.status(), failure.said());
  }

  private OpResult perform(HostOp op, int index, OpListener listener) {
    if (!isOurs()) {
      boolean gone = op instanceof HostOp.Unlock && machine.lock().isEmpty();
      return script.ended(gone ? 0 : OpResult.FENCED, "");
    }
    script.fencedBy(Optional.of(token.text()));
    try {
      SimCommands commands = new SimCommands(script, token);
      if (op instanceof HostOp.Run run) {
        return commands.run(run, line -> listener.output(index, line));
      }
      if (op instanceof HostOp.Await awaited) {
        return commands.await(awaited, line -> listener.output(index, line));
      }
      act(op);
      return script.ended(0, "");
    } catch (Failed e) {
      return failed(e);
    }
  }

  private boolean isOurs() {
    if (!script.care().checksToken()) {
      return true;
    }
    return script.care().checksStart()
        ? machine.opens(token.text())
        : machine.lock().equals(Optional.of(token.text()));
  }

  /** What adds to a release does without the reserve. */
  private void act(HostOp op) {
    Act<HostOp> act = Optional.ofNullable(acts.get(op.getClass())).orElseThrow();
    try {
      act.on(op);
    } catch (Failed e) {
      boolean adds =
          op instanceof HostOp.Assemble
              || op instanceof HostOp.Seal
              || op instanceof HostOp.Explain;
      if (adds || !script.spare()) {
        throw e;
      }
      act.on(op);
    }
  }

  private void record(JournalEntry... entries) {
    script.record(token.seq(), List.of(entries));
  }

  private void commit(HostOp.Commit op) {
    Current current = machine.readCurrent();
    RemotePath release = machine.layout().release(op.id());
    if (current.kind() != Kind.LIVE || !current.to().equals(Optional.of(release))) {
      throw new Failed(1, Flipping.isElsewhere(machine, current.to(), release));
    }
    if (machine.journal(View.NOW).stream()
        .map(Journal.Line::entry)
        .anyMatch(e -> e instanceof WatchdogActed it && it.runId().equals(op.runId()))) {
      throw new Failed(1, "the watchdog of this host put back what was live before");
    }
    record(
        new Committed(op.runId(), Optional.of(op.id())),
        new StateChanged(op.runId(), op.id(), ReleaseState.GOOD, ""));
  }

  private void arm(HostOp.Arm op) {
    String directory = Machine.RUNS + "/" + token.seq() + "/watchdog";
    if (!disk.exists(directory + "/armed")) {
      script.point("write the watchdog", Writes.LITTLE);
      disk.mkdirs(directory);
      script.point("start the watchdog");
      machine.watchdog = Optional.of(SimWatchdog.armed(token, op, script.world().now()));
      disk.write(directory + "/armed", "armed");
    }
  }

  private void disarm() {
    script.point("start no watchdog");
    machine.watchdog = machine.watchdog.filter(watchdog -> !watchdog.token().equals(token));
    disk.remove(Machine.RUNS + "/" + token.seq() + "/watchdog/armed");
  }

  private void logRevision(HostOp.LogRevision op) {
    script.point(LOG, Writes.LITTLE);
    String log = JobControl.output(machine, LOG);
    if (!log.equals(op.line() + "\n") && !log.endsWith("\n" + op.line() + "\n")) {
      disk.write(LOG, log + op.line() + "\n");
      disk.chmod(LOG, READABLE);
    }
  }

  /** Looks why something could not be written, and leaves nothing. */
  private void explain() {
    script.point("explain");
    if (machine.isFull()) {
      throw new Failed(1, "dd: error writing 'staging/.try': No space left on device");
    }
  }

  private void unlock() {
    script.point("forget the commands", Writes.LITTLE);
    disk.names(Machine.RUNS).forEach(name -> disk.remove(Machine.RUNS + "/" + name));
    List<String> left = leftover();
    if (!left.isEmpty()) {
      script.point("remove what was left half done", Writes.REMOVES);
      left.forEach(disk::remove);
    }
    script.point("remove the lock", Writes.LITTLE);
    disk.remove(Machine.LOCK);
    machine.removeAlive(script.world().now());
    disarm();
    script.fencedBy(Optional.empty());
    script.sync(Machine.STATE);
  }

  /** What runs have left half uploaded or half removed. */
  private List<String> leftover() {
    List<String> left = new ArrayList<>();
    disk.names(Machine.STAGING).stream()
        .filter(name -> name.contains(".up-"))
        .forEach(name -> left.add(Machine.STAGING + "/" + name));
    disk.names(Machine.STATE).stream()
        .filter(name -> name.startsWith("trash-") || name.startsWith("current."))
        .forEach(name -> left.add(Machine.STATE + "/" + name));
    return left;
  }
}
