package dev.cutover.proof.memory;

import dev.cutover.domain.Target;
import dev.cutover.proof.memory.SimDisk.View;
import dev.cutover.testkit.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The machines, the database behind them, and the time. Copied, it is another world. */
final class World {

  final List<Machine> machines = new ArrayList<>();
  final ManualClock clock;
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

  /** What goes wrong when a watchdog puts back what was live. */
  List<SimFault> watchdogMeets = List.of();

  /** Every moment of a watchdog at which something could have gone wrong. */
  final List<SimClient.Point> watchdogPasses = new ArrayList<>();

  World(int machines) {
    this(new ManualClock(Instant.parse("2026-11-22T10:15:00Z")), new Database());
    for (int i = 0; i < machines; i++) {
      this.machines.add(new Machine(i));
    }
  }

  private World(ManualClock clock, Database database) {
    this.clock = clock;
    this.database = database;
  }

  Instant now() {
    return clock.instant();
  }

  Machine machine(Target target) {
    return machines.stream()
        .filter(machine -> machine.target.equals(target))
        .findFirst()
        .orElseThrow();
  }

  List<Target> targets() {
    return machines.stream().map(machine -> machine.target).toList();
  }

  /** Time passes, and commands come to their ends. */
  void advance(Duration by) {
    advanceTo(now().plus(by));
  }

  void advanceTo(Instant end) {
    for (Optional<Instant> next = next(end); next.isPresent(); next = next(end)) {
      to(next.get());
      for (Machine machine : machines) {
        wake(machine);
      }
    }
    to(end);
  }

  private void wake(Machine machine) {
    for (Job job : List.copyOf(machine.jobs)) {
      if (!job.ends().isAfter(now())) {
        machine.jobs.remove(job);
        finish(machine, job);
      }
    }
    machine
        .watchdog
        .filter(watchdog -> watchdog.due().filter(due -> !due.isAfter(now())).isPresent())
        .ifPresent(watchdog -> watchdog.act(this, machine));
  }

  private void to(Instant then) {
    if (then.isAfter(now())) {
      clock.advance(Duration.between(now(), then));
    }
  }

  private Optional<Instant> next(Instant end) {
    Stream<Instant> jobs = machines.stream().flatMap(m -> m.jobs.stream()).map(Job::ends);
    Stream<Instant> watchdogs =
        machines.stream().flatMap(m -> m.watchdog.flatMap(SimWatchdog::due).stream());
    return Stream.concat(jobs, watchdogs)
        .filter(then -> !then.isAfter(end))
        .min(Comparator.naturalOrder());
  }

  private void finish(Machine machine, Job job) {
    int status = effect(machine, job);
    if (machine.disk.isDir(job.directory())) {
      machine.disk.write(job.directory() + "/status", Integer.toString(status));
    }
  }

  private int effect(Machine machine, Job job) {
    if (failing.contains(job.text())) {
      return 1;
    }
    if (job.text().equals("restart")) {
      restart(machine);
    } else if (job.text().equals("build")) {
      if (machine.disk.isDir(job.cwd())) {
        machine.disk.write(job.cwd() + "/built", "built");
      }
    } else if (job.text().startsWith("db ")) {
      return database.ended(job);
    }
    return 0;
  }

  private void restart(Machine machine) {
    String before = machine.app;
    machine.app = machine.live().orElse("");
    if (!before.isEmpty()
        && !before.equals(machine.app)
        && fragile.contains(machine.content(machine.app))) {
      broken.add(machine.index + machine.app);
    }
  }

  /** What a health check of the app would find. */
  boolean healthy(Machine machine) {
    return !machine.app.isEmpty()
        && !sick.contains(machine.content(machine.app))
        && !broken.contains(machine.index + machine.app);
  }

  /** The machine comes back with what its disk has. */
  void reboot(Machine machine) {
    machine.reboot(now().plus(Duration.ofSeconds(20)));
  }

  /** Until every host can be reached and has room again. */
  void calm() {
    machines.forEach(machine -> machine.full = false);
    machines.stream()
        .map(machine -> machine.awayUntil)
        .max(Comparator.naturalOrder())
        .filter(until -> until.isAfter(now()))
        .ifPresent(this::advanceTo);
  }

  /** Whether all hosts can be reached and have room. */
  boolean isCalm() {
    return machines.stream().noneMatch(machine -> machine.full || machine.awayUntil.isAfter(now()));
  }

  /** What is live on each host. */
  List<String> live() {
    return machines.stream().map(machine -> machine.current(View.NOW).orElse("")).toList();
  }

  World copy() {
    ManualClock time = new ManualClock(now());
    World copy = new World(time, database.copy());
    machines.forEach(machine -> copy.machines.add(machine.copy()));
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

  /** The database that all hosts share: which releases' changes it has. */
  static final class Database {
    private final Map<String, Set<String>> applied = new HashMap<>();
    private final Map<String, Integer> starts = new HashMap<>();

    /** How often a command was started for a release, with this start. */
    int started(Job job) {
      return starts.merge(job.text() + " " + job.release(), 1, Integer::sum);
    }

    boolean has(String migration, String release) {
      return applied.getOrDefault(migration, Set.of()).contains(release);
    }

    private int ended(Job job) {
      String[] words = job.text().split(" ", -1);
      Set<String> releases = applied.computeIfAbsent(words[1], id -> new HashSet<>());
      switch (words[2]) {
        case "up" -> releases.add(job.release());
        case "down" -> releases.remove(job.release());
        default -> {
          return releases.contains(job.release()) ? 0 : 1;
        }
      }
      return 0;
    }

    private Database copy() {
      Database copy = new Database();
      applied.forEach((id, releases) -> copy.applied.put(id, new HashSet<>(releases)));
      copy.starts.putAll(starts);
      return copy;
    }
  }
}
