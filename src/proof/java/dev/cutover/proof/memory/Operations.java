package dev.cutover.proof.memory;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.Manifest;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.JournalEntry.WatchdogActed;
import dev.cutover.proof.memory.Script.Failed;
import dev.cutover.proof.memory.Script.Writes;
import dev.cutover.proof.memory.SimDisk.View;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The operations of one batch, each as its script does it, step by step. */
final class Operations {

  private static final String STAGING = Machine.STATE + "/staging/";
  private static final String MANIFESTS = Machine.STATE + "/manifests/";
  private static final String FAILED = Machine.STATE + "/failed/";

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
    on(HostOp.Append.class, op -> record(op.entry()));
    on(HostOp.Assemble.class, this::assemble);
    on(HostOp.Seal.class, this::seal);
    on(HostOp.Publish.class, op -> publish(op.id().value()));
    on(HostOp.Switch.class, op -> new Flipping(script, token).flip(op));
    on(HostOp.RemoveCurrent.class, op -> new Flipping(script, token).remove(op));
    on(HostOp.Quarantine.class, this::quarantine);
    on(HostOp.Prune.class, this::prune);
    on(HostOp.LogRevision.class, op -> script.point("revisions.log", Writes.LITTLE));
    on(HostOp.Unlock.class, op -> unlock());
    on(HostOp.Commit.class, this::commit);
    on(HostOp.Unpublish.class, this::unpublish);
    on(HostOp.Arm.class, this::arm);
    on(HostOp.Disarm.class, op -> disarm());
    // Looks why something could not be written, and leaves nothing.
    on(HostOp.Explain.class, op -> script.point("explain"));
  }

  private <O extends HostOp> void on(Class<O> type, Act<O> act) {
    acts.put(type, op -> act.on(type.cast(op)));
  }

  /** Performs until one fails. */
  List<OpResult> perform(List<HostOp> ops, OpListener listener) {
    List<OpResult> results = new ArrayList<>();
    for (HostOp op : script.has(SimBug.UNDO_AFTER_ACT) ? Mutants.intentLast(ops) : ops) {
      script.point("begin " + op.getClass().getSimpleName());
      int index = results.size();
      heard(() -> listener.started(index));
      OpResult result = perform(op);
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

  private OpResult perform(HostOp op) {
    boolean ours =
        script.has(SimBug.NO_BOOT_CHECK)
            ? machine.lock().equals(Optional.of(token.text()))
            : machine.opens(token.text());
    if (!ours && !script.has(SimBug.NO_TOKEN_CHECK)) {
      boolean gone = op instanceof HostOp.Unlock && machine.lock().isEmpty();
      return Script.result(gone ? 0 : OpResult.FENCED, "the lock is another's");
    }
    script.fencedBy(Optional.of(token.text()));
    try {
      SimCommands commands = new SimCommands(script, token);
      if (op instanceof HostOp.Run run) {
        return commands.run(run);
      }
      if (op instanceof HostOp.Await awaited) {
        return Script.result(commands.await(awaited), "");
      }
      if (op instanceof HostOp.Orphans) {
        return new OpResult(0, commands.endOrphans(), "", Duration.ZERO);
      }
      act(op);
      return Script.result(0, "");
    } catch (Failed e) {
      return Script.result(e.status(), String.valueOf(e.getMessage()));
    }
  }

  private void act(HostOp op) {
    Act<HostOp> act = Optional.ofNullable(acts.get(op.getClass())).orElseThrow();
    try {
      act.on(op);
    } catch (Failed e) {
      boolean may = !(op instanceof HostOp.Assemble) && !(op instanceof HostOp.Seal);
      if (!may || !script.spare()) {
        throw e;
      }
      act.on(op);
    }
  }

  private void record(JournalEntry... entries) {
    script.record(token.seq(), List.of(entries));
  }

  private static Failed fail(String why) {
    return new Failed(1, why);
  }

  private void assemble(HostOp.Assemble op) {
    String id = op.id().value();
    String tree = STAGING + id;
    JournalEntry stated = new StateChanged(op.runId(), op.id(), ReleaseState.STAGED, "");
    if (!disk.isDir(tree) && disk.isDir("releases/" + id)) {
      return;
    }
    if (!disk.isDir(tree)) {
      throw fail("nothing was uploaded");
    }
    List<?> manifest =
        disk.text(tree + ".manifest", View.NOW)
            .filter(List.class::isInstance)
            .<List<?>>map(List.class::cast)
            .orElse(List.of());
    if (manifest.isEmpty() && disk.exists(MANIFESTS + id)) {
      record(stated);
      return;
    }
    if (op.shared().files().stream().anyMatch(file -> !disk.exists("shared/" + file))) {
      throw fail("missing in shared");
    }
    unmake(op, tree);
    boolean same = machine.tree(tree, View.NOW).equals(listed(manifest));
    if (manifest.isEmpty() || (!same && !script.has(SimBug.NO_VERIFICATION))) {
      throw fail("the uploaded files differ from the manifest");
    }
    script.point("write VERSION and REVISION", Writes.LITTLE);
    disk.write(tree + "/VERSION", op.version());
    disk.write(tree + "/REVISION", op.revision());
    script.point("link shared", Writes.LITTLE);
    op.shared().dirs().forEach(dir -> disk.mkdirs("shared/" + dir));
    links(op).forEach(path -> link(tree, path));
    script.point("write the list", Writes.LITTLE);
    disk.write(MANIFESTS + id, "listed");
    script.point("remove the manifest", Writes.LITTLE);
    disk.remove(tree + ".manifest");
    record(stated);
  }

  private static List<String> links(HostOp.Assemble op) {
    List<String> links = new ArrayList<>(op.shared().dirs());
    links.addAll(op.shared().files());
    return links;
  }

  private void link(String tree, String path) {
    disk.mkdirs(SimDisk.parent(tree + "/" + path));
    disk.symlink(tree + "/" + path, Machine.LAYOUT.shared().child(path).value());
  }

  /** What an earlier try made. */
  private void unmake(HostOp.Assemble op, String tree) {
    disk.remove(tree + "/VERSION");
    disk.remove(tree + "/REVISION");
    links(op).forEach(path -> disk.remove(tree + "/" + path));
  }

  /** What was uploaded, from the manifest; contents stand for their digests. */
  private Map<String, String> listed(List<?> manifest) {
    Map<String, String> listed = new TreeMap<>();
    for (Object each : manifest) {
      Manifest.Entry entry = (Manifest.Entry) each;
      listed.put(entry.path(), Contents.of(entry.sha256()));
    }
    return listed;
  }

  private void seal(HostOp.Seal op) {
    String id = op.description().id().value();
    String tree = STAGING + id;
    if (!disk.isDir(tree) && disk.isDir("releases/" + id)) {
      return;
    }
    if (!disk.isDir(tree) || !disk.exists(MANIFESTS + id)) {
      throw fail("was not assembled");
    }
    if (op.built()) {
      script.point("take the manifest anew", Writes.LITTLE);
      disk.write(MANIFESTS + id, "taken anew");
    }
    script.point("sync the tree", Writes.SYNC);
    if (!script.has(SimBug.NO_TREE_SYNC)) {
      disk.syncTree(tree);
    }
    script.sync(MANIFESTS + id, Machine.STATE + "/manifests", Machine.STATE + "/staging");
    machine.whole.put(id, Map.copyOf(machine.tree(tree, View.NOW)));
    record(
        op.description(),
        new StateChanged(op.runId(), op.description().id(), ReleaseState.SEALED, ""));
  }

  private void commit(HostOp.Commit op) {
    if (!isLive("releases/" + op.id()) || !disk.isDir("releases/" + op.id())) {
      throw fail("current is " + machine.current(View.NOW) + ", not " + op.id());
    }
    if (machine.journal(View.NOW).stream()
        .map(Journal.Line::entry)
        .anyMatch(e -> e instanceof WatchdogActed it && it.runId().equals(op.runId()))) {
      throw fail("the watchdog put back what was live before");
    }
    record(
        new Committed(op.runId(), Optional.of(op.id())),
        new StateChanged(op.runId(), op.id(), ReleaseState.GOOD, ""));
  }

  private void arm(HostOp.Arm op) {
    String directory = Machine.STATE + "/runs/" + token.seq() + "/watchdog";
    if (!disk.exists(directory + "/armed")) {
      script.point("write the watchdog", Writes.LITTLE);
      disk.mkdirs(directory);
      script.point("start the watchdog");
      machine.watchdog = Optional.of(SimWatchdog.armed(token, op));
      disk.write(directory + "/armed", "armed");
    }
  }

  private void disarm() {
    script.point("start no watchdog");
    machine.watchdog = machine.watchdog.filter(watchdog -> !watchdog.token().equals(token));
  }

  private void unpublish(HostOp.Unpublish op) {
    String id = op.id().value();
    String tree = "releases/" + id;
    if (isLive(tree)) {
      throw fail(tree + " is live");
    }
    if (disk.isDir(tree)) {
      script.point("rename into staging", Writes.LITTLE);
      disk.rename(tree, STAGING + id);
      script.sync(Machine.STATE + "/staging", "releases");
    }
    if (!disk.isDir(STAGING + id) && disk.isDir(FAILED + id)) {
      script.sync(Machine.STATE + "/failed", Machine.STATE + "/staging", "releases");
      record(new StateChanged(op.runId(), op.id(), ReleaseState.FAILED, ""));
      return;
    }
    if (!disk.isDir(STAGING + id)) {
      throw fail("is neither in releases nor in staging");
    }
    record(new StateChanged(op.runId(), op.id(), ReleaseState.SEALED, ""));
  }

  private void publish(String id) {
    String tree = STAGING + id;
    if (disk.isDir(tree)) {
      if (!disk.exists(MANIFESTS + id)) {
        throw fail("was not sealed");
      }
      if (disk.exists("releases/" + id)) {
        throw fail("is already there");
      }
      script.point("rename into releases", Writes.LITTLE);
      disk.rename(tree, "releases/" + id);
    }
    if (!disk.isDir("releases/" + id)) {
      throw fail("is neither in staging nor in releases");
    }
    script.sync("releases/" + id, "releases", Machine.STATE + "/staging");
  }

  private void quarantine(HostOp.Quarantine op) {
    String id = op.id().value();
    for (String tree : List.of(STAGING + id, "releases/" + id)) {
      if (!disk.isDir(tree)) {
        continue;
      }
      if (isLive(tree)) {
        throw fail(tree + " is live");
      }
      script.point("rename into failed", Writes.LITTLE);
      disk.remove(FAILED + id);
      disk.rename(tree, FAILED + id);
    }
    script.point("remove what else was staged", Writes.LITTLE);
    disk.remove(STAGING + id + ".manifest");
    script.sync(Machine.STATE + "/failed", "releases", Machine.STATE + "/staging");
    record(new StateChanged(op.runId(), op.id(), op.state(), op.why()));
    List<String> failed = disk.names(Machine.STATE + "/failed");
    failed.stream()
        .limit(Math.max(0, failed.size() - 2))
        .forEach(
            old -> {
              script.point("remove " + old, Writes.LITTLE);
              disk.remove(FAILED + old);
            });
  }

  private boolean isLive(String tree) {
    return machine.current(View.NOW).map(id -> "releases/" + id).equals(Optional.of(tree));
  }

  private void prune(HostOp.Prune op) {
    List<ReleaseId> ids = script.has(SimBug.PRUNE_BY_NAME) ? Mutants.byName(machine) : op.ids();
    List<JournalEntry> gone = new ArrayList<>();
    for (ReleaseId id : ids) {
      if (machine.app.equals(id.value())) {
        continue;
      }
      for (String tree : List.of("releases/" + id, STAGING + id, FAILED + id)) {
        if (isLive(tree)) {
          throw fail(tree + " is live");
        }
        if (disk.isDir(tree)) {
          SimPromises.removes(script.world(), machine, id.value());
          script.point("rename to trash", Writes.LITTLE);
          disk.rename(tree, Machine.STATE + "/trash-" + id);
          script.point("remove the trash", Writes.LITTLE);
          disk.remove(Machine.STATE + "/trash-" + id);
        }
      }
      disk.remove(MANIFESTS + id);
      gone.add(new StateChanged(op.runId(), id, ReleaseState.PRUNED, ""));
    }
    if (!gone.isEmpty()) {
      script.sync("releases", Machine.STATE);
      script.record(token.seq(), gone);
    }
  }

  private void unlock() {
    script.point("forget the commands", Writes.LITTLE);
    disk.names(Machine.STATE + "/runs")
        .forEach(name -> disk.remove(Machine.STATE + "/runs/" + name));
    script.point("remove the lock", Writes.LITTLE);
    disk.remove(Machine.LOCK);
    disarm();
    script.fencedBy(Optional.empty());
    script.sync(Machine.STATE);
  }
}
