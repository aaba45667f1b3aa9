package dev.cutover.testkit.sim;

import dev.cutover.testkit.sim.Script.Failed;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.transport.HostOp;

/** {@code backup.sh}. */
final class Backups {

  private static final int DIRECTORY = 0700;
  private static final int FILE = 0600;

  private final Script script;
  private final Machine machine;
  private final SimDisk disk;

  Backups(Script script) {
    this.script = script;
    this.machine = script.machine();
    this.disk = script.disk();
  }

  void perform(HostOp.Backup op) {
    String directory = Machine.BACKUPS + "/" + op.id();
    switch (op.act()) {
      case PREPARE -> prepare(op, directory);
      case KEEP -> keep(directory, directory + "/" + op.migration());
      case DROP -> drop(op, directory);
    }
  }

  /** What an earlier run has left goes; what this run has made may be asked for again. */
  private void prepare(HostOp.Backup op, String directory) {
    String mark = directory + "/." + op.migration() + "." + op.runId();
    script.point("make room for the backup", Writes.LITTLE);
    disk.mkdirs(directory, DIRECTORY);
    if (!disk.exists(mark)) {
      forget(op, directory);
      disk.write(mark, "");
    }
  }

  private void forget(HostOp.Backup op, String directory) {
    disk.remove(directory + "/" + op.migration());
    disk.names(directory).stream()
        .filter(name -> name.startsWith("." + op.migration() + "."))
        .forEach(name -> disk.remove(directory + "/" + name));
  }

  private void keep(String directory, String place) {
    String where = machine.layout().root().child(place).value();
    if (disk.link(place, View.NOW).isPresent()) {
      throw new Failed(1, where + " is a link: the backup must be there itself");
    }
    if (!disk.exists(place)) {
      throw new Failed(1, "the backup left nothing at " + where);
    }
    boolean empty =
        disk.isDir(place)
            ? machine.tree(place, View.NOW).values().stream().allMatch(String::isEmpty)
            : machine.words(place, View.NOW).isEmpty();
    if (empty) {
      throw new Failed(1, "the backup left only emptiness at " + where);
    }
    disk.chmodTree(place, DIRECTORY, FILE);
    script.point("sync the backup", Writes.SYNC);
    disk.syncTree(place);
    script.sync(directory, Machine.BACKUPS);
  }

  private void drop(HostOp.Backup op, String directory) {
    if (machine.isFull()) {
      script.value("full", "1");
    }
    script.point("remove the backup", Writes.REMOVES);
    forget(op, directory);
    if (disk.isDir(directory) && disk.names(directory).isEmpty()) {
      disk.remove(directory);
    }
  }
}
