package dev.cutover.proof.memory;

import dev.cutover.domain.Layout;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Target;
import dev.cutover.testkit.sim.Job;
import dev.cutover.testkit.sim.Machine;
import dev.cutover.testkit.sim.Programs.Part;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.testkit.sim.SimWorld;
import dev.cutover.testkit.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;

/** The machines, the database behind them, and the time. Copied, it is another world. */
final class World {

  /** Longer than it takes to take a lock over: what is left running may end in another run. */
  private static final Duration LONG = Duration.ofSeconds(8);

  private static final Layout LAYOUT = new Layout(new RemotePath("/srv/shop"));

  final SimWorld hosts;
  final Database database;
  final Set<SimBug> bugs = EnumSet.noneOf(SimBug.class);

  /** Contents that are never healthy. */
  final Set<String> sick = new HashSet<>();

  /** Contents that do not come up again once something else has run. */
  final Set<String> fragile = new HashSet<>();

  /** What has broken, by machine and release. */
  private final Set<String> broken = new HashSet<>();

  /** Texts of commands that exit 1. */
  final Set<String> failing = new HashSet<>();

  /** The migrations that every release brings. */
  List<String> migrations = List.of();

  /** How many good releases stay. */
  int keep = 5;

  int runs;

  /** The machines that are no targets of the goals any more. */
  final Set<Integer> absent = new HashSet<>();

  /** Who else acts on a machine, at a point of a run there. */
  BiConsumer<Machine, Integer> somebodyElse = (machine, point) -> {};

  /** Whether somebody else has moved {@code current} somewhere. */
  boolean moved;

  /** What goes wrong when a watchdog puts back what was live. */
  List<SimFault> watchdogMeets = List.of();

  private final List<Known> known = new ArrayList<>();
  private final List<SimClient> watchdogs = new ArrayList<>();

  World(int machines) {
    database = new Database();
    hosts = new SimWorld(new ManualClock(Instant.parse("2026-11-22T10:15:00Z")), this::work);
    for (int i = 1; i <= machines; i++) {
      hosts.add(target("web" + i), LAYOUT);
      known.add(new Known());
    }
    lookOn();
  }

  private World(World other) {
    database = other.database.copy();
    hosts = other.hosts.copy(this::work);
    other.known.forEach(each -> known.add(each.copy()));
    lookOn();
  }

  private void lookOn() {
    hosts.observedBy(new SimPromises(this));
    hosts.with(new Mutants(bugs));
    hosts.watchdogsActAs(
        () -> {
          SimClient watchdog = new SimClient(this, watchdogMeets, Turn.ALONE, Trial.SILENT);
          watchdogs.add(watchdog);
          return watchdog;
        });
  }

  private static Target target(String host) {
    return new Target.Ssh(
        host,
        Optional.of("deployer"),
        OptionalInt.empty(),
        new Target.Root.Absolute(LAYOUT.root()),
        "sftp://" + host + LAYOUT.root());
  }

  /** A machine that is new. */
  Machine joins() {
    known.add(new Known());
    return hosts.add(target("web" + (machines().size() + 1)), LAYOUT);
  }

  /** A machine comes back as it was in another world. */
  void restore(Machine machine, World once) {
    Machine before = once.machines().get(machine.index());
    hosts.restore(machine, before);
    known.set(machine.index(), once.of(before).copy());
    of(machine).lastToken = "";
    of(machine).checked = -1;
    runs(machine, machine.live().orElse(""));
  }

  List<Machine> machines() {
    return hosts.machines();
  }

  /** What is known to be true of a machine. */
  Known of(Machine machine) {
    return known.get(machine.index());
  }

  Instant now() {
    return hosts.now();
  }

  /** Time passes, and commands come to their ends. */
  void advance(Duration by) {
    hosts.advance(by);
  }

  /** Every moment of a watchdog at which something could have gone wrong. */
  List<SimClient.Point> watchdogPasses() {
    return watchdogs.stream().flatMap(watchdog -> watchdog.points().stream()).toList();
  }

  /** Commands take their time and have their effects at the end of it. */
  private Part work(Machine machine, Job job) {
    if (job.text().equals("bin/smoke")) {
      return Part.end("", healthy(machine) ? 0 : 1);
    }
    return job.part() == 0 ? Part.pause("", LONG) : Part.end("", effect(machine, job));
  }

  private int effect(Machine machine, Job job) {
    if (failing.contains(job.text())) {
      return 1;
    }
    if (job.text().equals("restart")) {
      restart(machine);
    } else if (job.text().equals("build")) {
      if (machine.disk().isDir(job.cwd())) {
        machine.disk().write(job.cwd() + "/built", "built");
      }
    } else if (job.text().startsWith("db ")) {
      return database.ended(job);
    }
    return 0;
  }

  private void restart(Machine machine) {
    String before = of(machine).app;
    runs(machine, machine.live().orElse(""));
    String app = of(machine).app;
    if (!before.isEmpty() && !before.equals(app) && fragile.contains(of(machine).content(app))) {
      broken.add(machine.index() + app);
    }
  }

  /** The app is now the one of a release; empty: it does not run. */
  void runs(Machine machine, String release) {
    of(machine).app = release;
    machine.working().clear();
    if (!release.isEmpty()) {
      machine.working().add("releases/" + release);
    }
  }

  /** What a health check of the app would find. */
  boolean healthy(Machine machine) {
    String app = of(machine).app;
    return !app.isEmpty()
        && !sick.contains(of(machine).content(app))
        && !broken.contains(machine.index() + app);
  }

  /** What is live on each host. */
  List<String> live() {
    return machines().stream().map(machine -> machine.current(View.NOW).orElse("")).toList();
  }

  World copy() {
    World copy = new World(this);
    copy.bugs.addAll(bugs);
    copy.sick.addAll(sick);
    copy.fragile.addAll(fragile);
    copy.broken.addAll(broken);
    copy.failing.addAll(failing);
    copy.migrations = migrations;
    copy.keep = keep;
    copy.runs = runs;
    return copy;
  }
}
