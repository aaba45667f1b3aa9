package dev.cutover.proof.memory;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry.MigrationIntent;
import dev.cutover.testkit.sim.Care;
import dev.cutover.testkit.sim.Machine;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.transport.HostOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What scripts with these {@linkplain SimBug bugs} do instead of what is right. */
record Mutants(Set<SimBug> bugs) implements Care {

  private static final int KEPT = 2;

  private boolean without(SimBug bug) {
    return !bugs.contains(bug);
  }

  @Override
  public boolean checksToken() {
    return without(SimBug.NO_TOKEN_CHECK);
  }

  @Override
  public boolean checksStart() {
    return without(SimBug.NO_BOOT_CHECK);
  }

  @Override
  public boolean verifies() {
    return without(SimBug.NO_VERIFICATION);
  }

  @Override
  public boolean startsOnce() {
    return without(SimBug.STARTED_AGAIN);
  }

  @Override
  public boolean actsBeforeItRecords() {
    return without(SimBug.RECORD_BEFORE_ACT);
  }

  @Override
  public boolean flipsInOne() {
    return without(SimBug.FLIP_IN_TWO);
  }

  @Override
  public boolean replacesLinks() {
    return without(SimBug.LINK_WITHOUT_T);
  }

  @Override
  public boolean syncsTrees() {
    return without(SimBug.NO_TREE_SYNC);
  }

  @Override
  public boolean syncsSwitches() {
    return without(SimBug.NO_DIRECTORY_SYNC);
  }

  @Override
  public boolean syncsRecords() {
    return without(SimBug.NO_RECORD_SYNC);
  }

  /** What must be taken back is written down after it was done. */
  @Override
  public List<HostOp> order(List<HostOp> ops) {
    if (without(SimBug.UNDO_AFTER_ACT)) {
      return ops;
    }
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

  /** The newest directory that is not live. */
  @Override
  public RemotePath target(Machine machine, LockToken token, RemotePath to) {
    if (without(SimBug.ROLLBACK_BY_MTIME) || !token.goal().equals("rollback")) {
      return to;
    }
    List<String> others = new ArrayList<>(machine.disk().names("releases"));
    machine.current(View.NOW).ifPresent(others::remove);
    return machine.layout().releases().child(others.get(others.size() - 1));
  }

  /** The releases but the last two, by their names. */
  @Override
  public List<ReleaseId> pruned(Machine machine, List<ReleaseId> ids) {
    if (without(SimBug.PRUNE_BY_NAME)) {
      return ids;
    }
    List<String> names = machine.disk().names("releases");
    return names.stream().limit(Math.max(0, names.size() - KEPT)).map(ReleaseId::new).toList();
  }
}
