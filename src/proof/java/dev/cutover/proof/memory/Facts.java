package dev.cutover.proof.memory;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.HostFacts.Current;
import dev.cutover.domain.Neighbours;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.Journal;
import dev.cutover.proof.memory.SimDisk.View;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What {@code facts.sh} tells of a machine. */
final class Facts {

  private Facts() {}

  static HostFacts of(Machine machine, World world, FactsQuery query) {
    Optional<Machine.Holder> holder = machine.holders.stream().findFirst();
    if (holder.filter(h -> !h.client().dead() && !h.client().stopped()).isPresent()) {
      machine.beat = world.now();
    }
    return new HostFacts(
        Machine.LAYOUT,
        "deployer",
        world.now().truncatedTo(ChronoUnit.SECONDS),
        HostFacts.Tools.LINUX,
        List.of(),
        current(machine),
        ids(machine, "releases"),
        ids(machine, Machine.STATE + "/staging"),
        machine.lock(),
        holder.isPresent(),
        Optional.of(Duration.between(machine.beat, world.now())),
        machine.full ? 0 : 1L << 30,
        1L << 20,
        true,
        true,
        query.shared().files().stream()
            .filter(file -> !machine.disk.exists("shared/" + file))
            .toList(),
        false,
        Optional.empty(),
        new Journal(machine.journal(View.NOW)),
        Neighbours.NONE);
  }

  private static Current current(Machine machine) {
    Optional<RemotePath> to = machine.disk.link("current", View.NOW).map(RemotePath::new);
    if (to.isEmpty()) {
      return new Current.Absent();
    }
    return machine.live().isPresent() ? new Current.Live(to.get()) : new Current.Dangling(to.get());
  }

  private static List<ReleaseId> ids(Machine machine, String directory) {
    return machine.disk.names(directory).stream()
        .filter(name -> machine.disk.isDir(directory + "/" + name))
        .filter(ReleaseId::isSafe)
        .map(ReleaseId::new)
        .toList();
  }
}
