package dev.cutover.testkit.sim;

import dev.cutover.domain.Layout;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.Journal;
import dev.cutover.testkit.host.HostView;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A machine as tests of whole goals want it: it tells what was done on it, and misbehaves when it
 * is told to. Its commands take no time. Connections to it come and go.
 */
public final class SimServer {

  /** The commands that were run, each with the name of the directory it ran in. */
  public final List<String> commands = new ArrayList<>();

  /** What was asked of it, in round trips. */
  public final List<String> trips = new ArrayList<>();

  /** Its files. */
  public final HostView files;

  /** The exit status of a command. */
  public Function<HostOp.CommandRun, Integer> exits = command -> 0;

  /** Operations that fail without effect. */
  public Predicate<HostOp> fails = op -> false;

  /** Operations before which the link breaks. */
  public Predicate<HostOp> lost = op -> false;

  /** How many batches from now on are done to their end without their reply coming back. */
  public int repliesToLose;

  private final SimWorld world;
  private final Machine machine;

  SimServer(SimWorld world, Machine machine) {
    this.world = world;
    this.machine = machine;
    this.files = new SimView(machine);
  }

  /** A connection to it. */
  public Host connect() {
    return SimHost.open(world, new Visitor(world, this), machine.target());
  }

  public Target target() {
    return machine.target();
  }

  public Layout layout() {
    return machine.layout();
  }

  /** The release that is live. */
  public Optional<ReleaseId> live() {
    return machine.live().map(ReleaseId::new);
  }

  public List<ReleaseId> releases() {
    return ids("releases");
  }

  /** What lies in quarantine. */
  public List<ReleaseId> failed() {
    return ids(Machine.QUARANTINE);
  }

  /** Everything below {@code staging/}, half uploaded trees too. */
  public List<String> staging() {
    return machine.disk().names(Machine.STAGING);
  }

  private List<ReleaseId> ids(String directory) {
    return machine.disk().names(directory).stream().map(ReleaseId::new).toList();
  }

  public Journal journal() {
    return new Journal(machine.journal(View.NOW));
  }

  /** The lines of {@code revisions.log}. */
  public List<String> revisions() {
    return files.lines("revisions.log");
  }

  public Optional<String> lock() {
    return machine.lock();
  }

  /** Whether somebody holds the lock's file. */
  public boolean isHeld() {
    return machine.isHeld();
  }

  /** A process of somebody's works in a directory below the root from here on. */
  public void worksIn(String directory) {
    machine.working().add(directory);
  }

  /** Somebody else has the lock from here on. */
  public void lockedBy(String token) {
    machine.disk().mkdirs(Machine.STATE);
    machine.disk().symlink(Machine.LOCK, token);
  }

  /** Somebody else has the lock from here on, and holds it. */
  public void heldBy(String token) {
    lockedBy(token);
    Caller somebody = world::advance;
    machine.holders.add(new Machine.Holder(somebody, somebody, machine.beat(world.now())));
  }

  /** Somebody else has the lock and holds it, but is stopped: it beats no more. */
  public void silentlyHeldBy(String token) {
    lockedBy(token);
    Caller somebody =
        new Caller() {
          @Override
          public void sleep(Duration pause) {
            world.advance(pause);
          }

          @Override
          public boolean stopped() {
            return true;
          }
        };
    machine.holders.add(new Machine.Holder(somebody, somebody, machine.beat(world.now())));
  }

  /** It is set up anew under its name: nothing of what it knew is left. */
  public void rebuilt() {
    world.rebuild(machine);
  }

  /** Runs are begun as an earlier version did. */
  public void deployedByAnEarlierVersion(boolean earlier) {
    world.with(
        new Care() {
          @Override
          public boolean saysHowItDecides() {
            return !earlier;
          }
        });
  }

  /** A command is run here. */
  Programs.Part run(HostOp.CommandRun command) {
    commands.add(command.name() + " in " + command.directory().name());
    int status = exits.apply(command);
    Optional.ofNullable(command.environment().get("BACKUP_PATH"))
        .filter(path -> status == 0 && command.name().endsWith("-backup"))
        .flatMap(path -> machine.relative(new RemotePath(path)))
        .ifPresent(path -> machine.disk().write(path, "backup"));
    return Programs.Part.end("exit " + status + "\n", status);
  }
}
