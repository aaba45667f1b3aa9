package dev.cutover.testkit.sim;

import dev.cutover.domain.Layout;
import dev.cutover.domain.Target;
import dev.cutover.testkit.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Machines, and the time they share. */
public final class SimWorld {

  private static final Duration START = Duration.ofSeconds(20);

  private final List<Machine> machines = new ArrayList<>();
  private final ManualClock clock;
  private final Programs programs;
  private Observer observer = Observer.BLIND;
  private Care care = Care.FULL;
  private Supplier<Caller> watchdogs = () -> this::advance;

  /** A world without machines. */
  public SimWorld(ManualClock clock, Programs programs) {
    this.clock = clock;
    this.programs = programs;
  }

  /** One machine more. */
  public Machine add(Target target, Layout layout) {
    Machine machine = new Machine(machines.size(), target, layout);
    machines.add(machine);
    return machine;
  }

  /** From here on somebody looks on. */
  public void observedBy(Observer somebody) {
    observer = somebody;
  }

  /** From here on the scripts take this much care. */
  public void with(Care some) {
    care = some;
  }

  /** In whose name watchdogs act. */
  public void watchdogsActAs(Supplier<Caller> callers) {
    watchdogs = callers;
  }

  public List<Machine> machines() {
    return machines;
  }

  public Machine machine(Target target) {
    return machines.stream()
        .filter(machine -> machine.target().equals(target))
        .findFirst()
        .orElseThrow();
  }

  public List<Target> targets() {
    return machines.stream().map(Machine::target).toList();
  }

  public ManualClock clock() {
    return clock;
  }

  public Instant now() {
    return clock.instant();
  }

  Observer observer() {
    return observer;
  }

  /** A machine is set up anew under its name: nothing of what it knew is left. */
  public void rebuild(Machine machine) {
    machine.holders.clear();
    machine.disk().names("").forEach(name -> machine.disk().remove(name));
    machine.disk().syncTree("");
  }

  /** A machine comes back with its disk as it was once, from a backup or a snapshot. */
  public void restore(Machine machine, Machine once) {
    machine.holders.clear();
    machine.jobs.clear();
    machine.watchdog = Optional.empty();
    machine.disk(once.disk().copy());
  }

  Care care() {
    return care;
  }

  Programs programs() {
    return programs;
  }

  Caller watchdog() {
    return watchdogs.get();
  }

  /** Time passes, and commands come to their ends. */
  public void advance(Duration by) {
    advanceTo(now().plus(by));
  }

  public void advanceTo(Instant end) {
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
      if (!job.due().isAfter(now())) {
        JobControl.goOn(this, machine, job);
      }
    }
    machine
        .watchdog
        .filter(watchdog -> !watchdog.due().isAfter(now()))
        .ifPresent(watchdog -> watchdog.act(this, machine));
  }

  private void to(Instant then) {
    if (then.isAfter(now())) {
      clock.advance(Duration.between(now(), then));
    }
  }

  private Optional<Instant> next(Instant end) {
    Optional<Instant> first = Optional.empty();
    for (Machine machine : machines) {
      for (Job job : machine.jobs) {
        first = earlier(first, job.due());
      }
      if (machine.watchdog.isPresent()) {
        first = earlier(first, machine.watchdog.get().due());
      }
    }
    return first.filter(then -> !then.isAfter(end));
  }

  private static Optional<Instant> earlier(Optional<Instant> first, Instant then) {
    return first.isPresent() && first.get().isBefore(then) ? first : Optional.of(then);
  }

  /** A machine comes back with what its disk has. */
  void reboot(Machine machine) {
    machine.reboot(now().plus(START));
    observer.booted(machine);
  }

  /** Until every host can be reached and has room again. */
  public void calm() {
    machines.forEach(machine -> machine.full(false));
    machines.stream()
        .map(Machine::awayUntil)
        .max(Comparator.naturalOrder())
        .filter(until -> until.isAfter(now()))
        .ifPresent(this::advanceTo);
  }

  /** What a caller held is free: it is gone, and the hosts know. */
  public void letGo(Caller gone) {
    machines.forEach(machine -> machine.holders.removeIf(holder -> holder.caller() == gone));
  }

  /** The same machines in another world, whose time is the same. */
  public SimWorld copy(Programs others) {
    SimWorld copy = new SimWorld(new ManualClock(now()), others);
    machines.forEach(machine -> copy.machines.add(machine.copy()));
    return copy;
  }
}
