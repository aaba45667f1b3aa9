package dev.cutover.testkit.sim;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Neighbours;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.Journal;
import dev.cutover.testkit.sim.Machine.Current;
import dev.cutover.testkit.sim.Machine.Holder;
import dev.cutover.testkit.sim.SimDisk.Dir;
import dev.cutover.testkit.sim.SimDisk.Node;
import dev.cutover.testkit.sim.SimDisk.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code facts.sh} tells of a machine. */
final class Facts {

  private static final Pattern REVISION =
      Pattern.compile(
          " (deployed as|rolled back to) release ([A-Za-z0-9_][A-Za-z0-9._+@:-]*)(?= |$)");
  private static final int REVISIONS = 200;

  /** The same few names come again and again. */
  private static final Map<String, Optional<ReleaseId>> IDS = new ConcurrentHashMap<>();

  private static final List<String> MARKS =
      List.of("DEPLOY_UNFINISHED", "BAD_RELEASE", "DIRTY_RELEASE");
  private static final List<String> FOREIGN = List.of(".dep/deploy.lock", "deploy.lock");

  private final Machine machine;
  private final SimDisk disk;

  private Facts(Machine machine) {
    this.machine = machine;
    this.disk = machine.disk();
  }

  static HostFacts of(Machine machine, Instant now, FactsQuery query) {
    return new Facts(machine).read(now, query);
  }

  private HostFacts read(Instant now, FactsQuery query) {
    List<Holder> holding = machine.holding();
    if (holding.stream().anyMatch(h -> !h.caller().dead() && !h.caller().stopped())) {
      machine.beat(now);
    }
    Optional<String> lock = machine.lock();
    List<ReleaseId> releases = ids("releases");
    return new HostFacts(
        machine.layout(),
        machine.user,
        now.truncatedTo(ChronoUnit.SECONDS),
        HostFacts.Tools.LINUX,
        List.of(),
        current(machine.readCurrent()),
        releases,
        ids(Machine.STAGING).stream().filter(id -> !id.value().contains(".up-")).toList(),
        lock,
        lock.isPresent() && !holding.isEmpty(),
        machine
            .alive
            .filter(file -> lock.isPresent())
            .map(file -> Long.toString(file.beat().getEpochSecond())),
        machine.isFull() ? 0 : 1L << 30,
        1L << 20,
        true,
        true,
        query.shared().files().stream()
            .filter(file -> disk.real("shared/" + file).isEmpty())
            .toList(),
        disk.link("releases/current", View.NOW).isPresent(),
        FOREIGN.stream()
            .filter(disk::exists)
            .findFirst()
            .map(machine.layout().root()::child)
            .map(RemotePath::value),
        new Journal(machine.journal(View.NOW)),
        new Neighbours(marks(releases), revisions()),
        new HostFacts.Place(
            machine.index() + " " + machine.boot().strip(), "", machine.layout().root().value()));
  }

  private static HostFacts.Current current(Current current) {
    return switch (current.kind()) {
      case LIVE -> new HostFacts.Current.Live(current.to().orElseThrow());
      case DANGLING -> new HostFacts.Current.Dangling(current.to().orElseThrow());
      case OTHER -> new HostFacts.Current.NotALink();
      case ABSENT -> new HostFacts.Current.Absent();
    };
  }

  private List<ReleaseId> ids(String directory) {
    List<ReleaseId> ids = new ArrayList<>();
    disk.dir(directory, View.NOW)
        .ifPresent(
            dir ->
                dir.in(View.NOW)
                    .forEach(
                        (name, node) -> {
                          if (node instanceof Dir) {
                            IDS.computeIfAbsent(name, Facts::id).ifPresent(ids::add);
                          }
                        }));
    return ids;
  }

  private static Optional<ReleaseId> id(String name) {
    return ReleaseId.isSafe(name) ? Optional.of(new ReleaseId(name)) : Optional.empty();
  }

  private Map<ReleaseId, String> marks(List<ReleaseId> releases) {
    Map<ReleaseId, String> marks = new HashMap<>();
    for (ReleaseId id : releases) {
      Map<String, Node> there = disk.dir("releases/" + id, View.NOW).orElseThrow().in(View.NOW);
      for (String mark : MARKS) {
        if (there.containsKey(mark)) {
          marks.put(id, mark);
        }
      }
    }
    return marks;
  }

  private List<Neighbours.Revision> revisions() {
    List<String> lines = JobControl.output(machine, "revisions.log").lines().toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - REVISIONS))
        .map(REVISION::matcher)
        .filter(Matcher::find)
        .map(
            found ->
                new Neighbours.Revision(
                    new ReleaseId(found.group(2)), found.group(1).startsWith("rolled")))
        .toList();
  }
}
