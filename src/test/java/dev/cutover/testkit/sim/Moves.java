package dev.cutover.testkit.sim;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.testkit.sim.Script.Failed;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.transport.HostOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code publish.sh}, {@code unpublish.sh}, {@code quarantine.sh} and {@code prune.sh}. */
final class Moves {

  private static final String RELEASES = "releases";
  private static final int KEPT = 2;

  private final Script script;
  private final Machine machine;
  private final SimDisk disk;
  private final LockToken token;

  Moves(Script script, LockToken token) {
    this.script = script;
    this.machine = script.machine();
    this.disk = script.disk();
    this.token = token;
  }

  private static Failed fail(String why) {
    return new Failed(1, why);
  }

  private void record(JournalEntry entry) {
    script.record(token.seq(), List.of(entry));
  }

  private String absolute(String path) {
    return machine.layout().root().child(path).value();
  }

  private void refuseLive(String tree) {
    Optional<String> live = machine.readCurrent().to().map(RemotePath::value);
    if (live.equals(Optional.of(absolute(tree)))) {
      throw fail(absolute(tree) + " is live");
    }
  }

  void publish(HostOp.Publish op) {
    String id = op.id().value();
    String tree = Machine.STAGING + "/" + id;
    String leftover = RELEASES + "/current";
    if (disk.link(leftover, View.NOW).isPresent()) {
      script.point("remove the leftover link", Writes.REMOVES);
      disk.remove(leftover);
      script.value("note", "removed " + absolute(leftover) + ", a leftover of another tool");
    }
    if (disk.isDir(tree)) {
      if (!disk.exists(Machine.MANIFESTS + "/" + id)) {
        throw fail(id + " was not sealed");
      }
      if (disk.exists(RELEASES + "/" + id)) {
        throw fail(absolute(RELEASES + "/" + id) + " is already there");
      }
      script.point("rename into releases", Writes.LITTLE);
      disk.rename(tree, RELEASES + "/" + id);
    }
    if (!disk.isDir(RELEASES + "/" + id)) {
      throw fail(id + " is neither in staging nor in releases");
    }
    script.sync(RELEASES + "/" + id, RELEASES, Machine.STAGING);
  }

  void unpublish(HostOp.Unpublish op) {
    String id = op.id().value();
    String tree = RELEASES + "/" + id;
    String staged = Machine.STAGING + "/" + id;
    refuseLive(tree);
    if (disk.isDir(tree)) {
      if (!disk.exists(Machine.MANIFESTS + "/" + id)) {
        throw fail(id + " was not sealed");
      }
      if (disk.exists(staged)) {
        throw fail(absolute(staged) + " is already there");
      }
      script.point("rename into staging", Writes.LITTLE);
      disk.rename(tree, staged);
      script.sync(Machine.STAGING, RELEASES);
    }
    if (!disk.isDir(staged) && disk.isDir(Machine.QUARANTINE + "/" + id)) {
      script.sync(Machine.QUARANTINE, Machine.STAGING, RELEASES);
      record(new StateChanged(op.runId(), op.id(), ReleaseState.FAILED, "its activation failed"));
      return;
    }
    if (!disk.isDir(staged)) {
      throw fail(id + " is neither in releases nor in staging");
    }
    record(new StateChanged(op.runId(), op.id(), ReleaseState.SEALED, "it was not activated"));
  }

  void quarantine(HostOp.Quarantine op) {
    String id = op.id().value();
    String failed = Machine.QUARANTINE + "/" + id;
    for (String tree : List.of(Machine.STAGING + "/" + id, RELEASES + "/" + id)) {
      if (disk.isDir(tree)) {
        refuseLive(tree);
        script.point("rename into failed", Writes.LITTLE);
        disk.remove(failed);
        disk.rename(tree, failed);
      }
    }
    script.point("remove what else was staged", Writes.LITTLE);
    disk.names(Machine.STAGING).stream()
        .filter(name -> name.startsWith(id + "."))
        .forEach(name -> disk.remove(Machine.STAGING + "/" + name));
    script.sync(Machine.QUARANTINE, RELEASES, Machine.STAGING);
    record(new StateChanged(op.runId(), op.id(), op.state(), op.why()));
    if (op.discard() || machine.isFull()) {
      discard(id);
    }
    List<String> left = disk.names(Machine.QUARANTINE);
    left.stream()
        .limit(Math.max(0, left.size() - KEPT))
        .forEach(
            old -> {
              script.point("remove " + old, Writes.LITTLE);
              disk.remove(Machine.QUARANTINE + "/" + old);
              disk.remove(Machine.BACKUPS + "/" + old);
            });
  }

  /** What took the last of the room is not worth being looked at. */
  private void discard(String id) {
    remove(
        "what did not fit",
        List.of(
            Machine.QUARANTINE + "/" + id,
            Machine.MANIFESTS + "/" + id,
            Machine.BACKUPS + "/" + id));
  }

  void prune(HostOp.Prune op) {
    if (op.ids().isEmpty()) {
      return;
    }
    List<String> kept = new ArrayList<>();
    long freed = 0;
    List<JournalEntry> gone = new ArrayList<>();
    for (ReleaseId id : script.care().pruned(machine, op.ids())) {
      if (machine.works(RELEASES + "/" + id) || machine.works(Machine.STAGING + "/" + id)) {
        kept.add(id.value());
        continue;
      }
      for (String place : List.of(RELEASES, Machine.STAGING, Machine.QUARANTINE)) {
        freed += size(place + "/" + id);
        trash(place + "/" + id, id.value());
      }
      disk.remove(Machine.MANIFESTS + "/" + id);
      disk.remove(Machine.BACKUPS + "/" + id);
      gone.add(new StateChanged(op.runId(), id, ReleaseState.PRUNED, ""));
    }
    if (op.measured() && !gone.isEmpty()) {
      script.value("gone", ids(gone));
      script.value("freed", Long.toString(freed));
    }
    if (!kept.isEmpty()) {
      script.value("in-use", String.join("\n", kept));
      script.value("note", "kept, for a process works there: " + String.join(" ", kept));
    }
    if (!gone.isEmpty()) {
      script.sync(RELEASES, Machine.STAGING, Machine.STATE);
      script.record(token.seq(), gone);
    }
    forgetTheGone();
  }

  private static String ids(List<JournalEntry> gone) {
    return gone.stream()
        .map(entry -> ((StateChanged) entry).id().value())
        .collect(Collectors.joining(" "));
  }

  /** So many bytes its files hold. */
  private long size(String tree) {
    return machine.tree(tree, View.NOW).values().stream().mapToLong(String::length).sum();
  }

  private void trash(String tree, String id) {
    refuseLive(tree);
    if (disk.isDir(tree)) {
      script.world().observer().prunes(machine, id);
      script.point("rename to trash", Writes.LITTLE);
      disk.rename(tree, Machine.STATE + "/trash-" + id);
      script.point("remove the trash", Writes.LITTLE);
      disk.remove(Machine.STATE + "/trash-" + id);
    }
  }

  /** What belonged to releases that are gone, whoever removed them. */
  private void forgetTheGone() {
    List<String> rest = new ArrayList<>();
    for (String place : List.of("logs", "manifests", "backups")) {
      for (String name : disk.names(Machine.STATE + "/" + place)) {
        String id = name.endsWith(".log") ? name.substring(0, name.length() - 4) : name;
        boolean there =
            List.of(RELEASES, Machine.STAGING, Machine.QUARANTINE).stream()
                .anyMatch(where -> disk.isDir(where + "/" + id));
        if (!there) {
          rest.add(Machine.STATE + "/" + place + "/" + name);
        }
      }
    }
    disk.names(Machine.STATE).stream()
        .filter(name -> name.startsWith("trash-"))
        .forEach(name -> rest.add(Machine.STATE + "/" + name));
    if (!rest.isEmpty()) {
      remove("releases that are gone", rest);
    }
  }

  /** What cannot be removed is left to the next run. */
  private void remove(String of, List<String> rest) {
    try {
      script.point("remove what is left of " + of, Writes.REMOVES);
      rest.forEach(disk::remove);
    } catch (Failed e) {
      script.value("note", absolute(rest.get(0)) + " could not be removed");
    }
  }
}
