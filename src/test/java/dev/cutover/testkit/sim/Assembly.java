package dev.cutover.testkit.sim;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.Shared;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.testkit.sim.Script.Failed;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.transport.HostOp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code assemble.sh} and {@code seal.sh}: how uploaded files become a release. */
final class Assembly {

  private static final int DIRECTORY = 0755;
  private static final int FILE = 0644;

  private final Script script;
  private final Machine machine;
  private final SimDisk disk;
  private final LockToken token;

  Assembly(Script script, LockToken token) {
    this.script = script;
    this.machine = script.machine();
    this.disk = script.disk();
    this.token = token;
  }

  private static Failed fail(String why) {
    return new Failed(1, why);
  }

  void assemble(HostOp.Assemble op) {
    String id = op.id().value();
    String tree = Machine.STAGING + "/" + id;
    String list = Machine.MANIFESTS + "/" + id;
    JournalEntry stated = new StateChanged(op.runId(), op.id(), ReleaseState.STAGED, "");
    if (!disk.exists(tree + ".manifest") && !disk.exists(list)) {
      take(id, tree);
    }
    SimUploads.remove(script, tree);
    if (!disk.isDir(tree) && disk.isDir("releases/" + id)) {
      return;
    }
    if (!disk.isDir(tree)) {
      throw fail("nothing was uploaded to " + machine.layout().staged(op.id()));
    }
    if (!disk.exists(tree + ".manifest") && disk.exists(list)) {
      disk.remove(tree + ".modes");
      record(stated);
      return;
    }
    Map<String, String> manifest = Sums.parse(text(tree + ".manifest"));
    if (manifest.isEmpty()) {
      throw fail("the upload is not complete: its manifest is missing");
    }
    requireShared(op.shared());
    unmake(op.shared(), manifest, tree);
    if (script.care().verifies()) {
      verify(op.shared(), manifest, tree);
    }
    modes(op, tree);
    script.point("write VERSION and REVISION", Writes.LITTLE);
    Map<String, String> listed = new LinkedHashMap<>(manifest);
    add(tree, "VERSION", op.version(), listed);
    add(tree, "REVISION", op.revision(), listed);
    listed.keySet().removeIf(path -> hidden(op.shared(), path));
    script.point("link shared", Writes.LITTLE);
    op.shared().dirs().forEach(dir -> disk.mkdirs("shared/" + dir));
    links(op.shared()).forEach(path -> link(tree, path));
    script.point("write the list", Writes.LITTLE);
    List<String> shape = new ArrayList<>(Shape.parse(text(tree + ".manifest")));
    shape.removeIf(line -> hidden(op.shared(), Shape.path(line)));
    links(op.shared())
        .forEach(
            path -> shape.add(Shape.link(path, machine.layout().shared().child(path).value())));
    disk.write(list, Sums.text(listed) + Shape.text(shape));
    script.point("remove the manifest", Writes.LITTLE);
    disk.remove(tree + ".manifest");
    disk.remove(tree + ".modes");
    record(stated);
  }

  private void record(JournalEntry... entries) {
    script.record(token.seq(), List.of(entries));
  }

  private String text(String path) {
    return disk.text(path, View.NOW).map(Object::toString).orElse("");
  }

  /** Takes the last upload whose manifest came: it is the one that was waited for. */
  private void take(String id, String tree) {
    SimUploads.of(machine, tree).stream()
        .filter(place -> disk.exists(place + "/" + id + ".manifest"))
        .reduce((older, newer) -> newer)
        .ifPresent(
            place -> {
              for (String part : List.of("", ".modes", ".manifest")) {
                if (disk.exists(place + "/" + id + part)) {
                  script.point("take the upload" + part, Writes.LITTLE);
                  disk.rename(place + "/" + id + part, tree + part);
                }
              }
            });
  }

  private void requireShared(Shared shared) {
    String absent =
        shared.files().stream()
            .filter(file -> disk.real("shared/" + file).isEmpty())
            .map(file -> "\n  " + machine.layout().shared().child(file))
            .collect(Collectors.joining());
    if (!absent.isEmpty()) {
      throw fail("missing in shared, put them there once:" + absent);
    }
  }

  private static List<String> links(Shared shared) {
    List<String> links = new ArrayList<>(shared.dirs());
    links.addAll(shared.files());
    return links;
  }

  /** Whether what is shared takes the place of a path. */
  private static boolean hidden(Shared shared, String path) {
    return links(shared).stream()
        .anyMatch(link -> path.equals(link) || path.startsWith(link + "/"));
  }

  /** What an earlier try made. */
  private void unmake(Shared shared, Map<String, String> manifest, String tree) {
    for (String name : List.of("VERSION", "REVISION")) {
      if (!manifest.containsKey(name)) {
        disk.remove(tree + "/" + name);
      }
    }
    for (String path : links(shared)) {
      if (disk.link(tree + "/" + path, View.NOW).isPresent()) {
        disk.remove(tree + "/" + path);
      }
    }
  }

  private void verify(Shared shared, Map<String, String> manifest, String tree) {
    Map<String, String> there = new TreeMap<>();
    machine.tree(tree, View.NOW).forEach((path, words) -> there.put(path, Sums.of(words)));
    String differs =
        Sums.compare(manifest, there).entrySet().stream()
            .filter(difference -> !hidden(shared, difference.getKey()))
            .map(each -> "\n  " + each.getValue().words() + ": " + each.getKey())
            .collect(Collectors.joining());
    if (!differs.isEmpty()) {
      throw fail("the uploaded files differ from the manifest:" + differs);
    }
  }

  /** An upload that carried the modes says so. */
  private void modes(HostOp.Assemble op, String tree) {
    if (!disk.exists(tree + ".modes")) {
      disk.chmodTree(tree, DIRECTORY, FILE);
    }
    op.modes()
        .forEach(
            (path, mode) -> {
              if (!hidden(op.shared(), path)) {
                disk.chmod(tree + "/" + path, mode);
              }
            });
  }

  private void add(String tree, String name, String text, Map<String, String> listed) {
    if (!disk.exists(tree + "/" + name)) {
      disk.write(tree + "/" + name, text + "\n");
      disk.chmod(tree + "/" + name, FILE);
      listed.put(name, Sums.of(text + "\n"));
    }
  }

  private void link(String tree, String path) {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String above = path.substring(0, slash);
      if (disk.exists(tree + "/" + above) && !disk.isDir(tree + "/" + above)) {
        boolean link = disk.link(tree + "/" + above, View.NOW).isPresent();
        throw fail(
            "%s cannot be shared: %s is a %s".formatted(path, above, link ? "link" : "file"));
      }
    }
    disk.mkdirs(SimDisk.parent(tree + "/" + path));
    disk.symlink(tree + "/" + path, machine.layout().shared().child(path).value());
  }

  void seal(HostOp.Seal op) {
    String id = op.description().id().value();
    String tree = Machine.STAGING + "/" + id;
    String list = Machine.MANIFESTS + "/" + id;
    if (!disk.isDir(tree) && disk.isDir("releases/" + id)) {
      return;
    }
    if (!disk.isDir(tree) || !disk.exists(list)) {
      throw fail(id + " was not assembled");
    }
    if (op.built()) {
      refusePath(tree, machine.layout().staged(op.description().id()).value());
      script.point("take the manifest anew", Writes.LITTLE);
      disk.write(list, Sums.text(Sums.below(machine, tree)) + Shape.text(Shape.of(machine, tree)));
    }
    script.point("sync the tree", Writes.SYNC);
    if (script.care().syncsTrees()) {
      disk.syncTree(tree);
    }
    script.sync(list, Machine.MANIFESTS, Machine.STAGING);
    script.world().observer().sealed(machine, id);
    record(
        op.description(),
        new StateChanged(op.runId(), op.description().id(), ReleaseState.SEALED, ""));
  }

  /** What a build has written must not hold the path that is gone once the release is live. */
  private void refusePath(String tree, String path) {
    String held =
        machine.tree(tree, View.NOW).entrySet().stream()
            .filter(
                file ->
                    file.getValue().startsWith("-> ")
                        ? file.getValue().startsWith("-> " + path)
                        : file.getValue().contains(path))
            .map(file -> "\n./" + file.getKey())
            .collect(Collectors.joining());
    if (!held.isEmpty()) {
      throw fail("these files contain the staging path " + path + ":" + held);
    }
  }
}
