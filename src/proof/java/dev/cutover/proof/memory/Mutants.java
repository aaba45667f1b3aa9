package dev.cutover.proof.memory;

import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry.MigrationIntent;
import dev.cutover.proof.memory.SimDisk.View;
import dev.cutover.transport.HostOp;
import java.util.ArrayList;
import java.util.List;

/** What the {@linkplain SimBug bugs} do instead of what is right. */
final class Mutants {

  private static final int KEPT = 2;

  private Mutants() {}

  /** What must be taken back is written down after it was done. */
  static List<HostOp> intentLast(List<HostOp> ops) {
    List<HostOp> changed = new ArrayList<>(ops);
    for (int i = 0; i + 1 < changed.size(); i++) {
      if (changed.get(i) instanceof HostOp.Append append
          && append.entry() instanceof MigrationIntent
          && changed.get(i + 1) instanceof HostOp.Run) {
        changed.add(i + 2, changed.remove(i));
        i++;
      }
    }
    return changed;
  }

  /** The releases but the last two, by their names. */
  static List<ReleaseId> byName(Machine machine) {
    List<String> names = machine.disk.names("releases");
    return names.stream().limit(Math.max(0, names.size() - KEPT)).map(ReleaseId::new).toList();
  }

  /** The newest directory that is not live. */
  static RemotePath newestOther(Machine machine) {
    List<String> others = new ArrayList<>(machine.disk.names("releases"));
    machine.current(View.NOW).ifPresent(others::remove);
    return Machine.LAYOUT.releases().child(others.get(others.size() - 1));
  }
}
