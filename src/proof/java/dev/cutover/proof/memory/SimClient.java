package dev.cutover.proof.memory;

import dev.cutover.domain.Sleeper;
import dev.cutover.testkit.app.Inline;
import dev.cutover.testkit.app.Rig;
import dev.cutover.testkit.sim.Caller;
import dev.cutover.testkit.sim.Machine;
import dev.cutover.testkit.sim.Mishap;
import dev.cutover.testkit.sim.SimHost;
import dev.cutover.testkit.sim.Writes;
import dev.cutover.transport.ReconnectingHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** One process of the product's, and the faults that its run will meet. */
final class SimClient implements Caller {

  /** A moment at which something can go wrong. */
  record Point(int host, int number, Writes writes, String what) {

    /** Whether something is different after it: cut off at others, nothing is. */
    boolean acts() {
      return writes != Writes.NOTHING || what.startsWith("start ") || what.endsWith(" ended");
    }

    /** Whether this can go wrong here. */
    boolean meets(Mishap kind) {
      return switch (kind) {
        case ERROR -> writes != Writes.NOTHING;
        case DAMAGE -> what.startsWith("upload file ");
        case NO_SPACE -> writes.needsRoom();
        default -> true;
      };
    }

    SimFault fault(Mishap kind) {
      return new SimFault(host, number, kind);
    }
  }

  private final World world;
  private final List<SimFault> faults;
  private final Turn turn;
  private final Consumer<String> trace;
  private final List<Point> points = new ArrayList<>();
  private final boolean tracing;
  private final int[] passed;
  private String runId = "";
  private boolean dead;
  private boolean stopped;

  SimClient(World world, List<SimFault> faults, Turn turn, Consumer<String> trace) {
    this.world = world;
    this.faults = List.copyOf(faults);
    this.turn = turn;
    this.trace = trace;
    this.tracing = trace != Trial.SILENT;
    this.passed = new int[world.machines().size()];
  }

  World world() {
    return world;
  }

  @Override
  public void asks(Machine machine, String what) {
    turn.pass(this);
  }

  @Override
  public void sleep(Duration pause) {
    turn.sleep(this, pause);
  }

  /** The whole application, as this client runs it. */
  Rig rig() {
    Sleeper sleeper = this::sleep;
    Rig rig = new Rig(world.hosts.clock(), world.hosts.targets());
    rig.connector =
        ReconnectingHost.over(
            target -> SimHost.open(world.hosts, this, target), world.hosts.clock(), sleeper);
    rig.probe = new SimProbe(this, world.hosts.clock());
    rig.sleeper = sleeper;
    rig.workers = tasks -> new Inline();
    rig.runIds = this::nextRun;
    return rig;
  }

  private String nextRun() {
    runId = String.format("%016x", ++world.runs);
    return runId;
  }

  /** Whether nobody has had a lock since this client. */
  boolean wasLast() {
    return world.machines().stream()
        .allMatch(machine -> world.of(machine).lastToken.contains(":" + runId + ":"));
  }

  /** Every point passed so far. */
  List<Point> points() {
    return points;
  }

  @Override
  public boolean dead() {
    return dead;
  }

  @Override
  public boolean stopped() {
    return stopped;
  }

  void stopped(boolean now) {
    stopped = now;
  }

  @Override
  public Optional<Mishap> pass(Machine machine, String what, Writes writes) {
    Point point = new Point(machine.index(), passed[machine.index()]++, writes, what);
    points.add(point);
    world.somebodyElse.accept(machine, point.number());
    Optional<Mishap> kind = faultAt(point);
    if (tracing) {
      String struck = kind.map(k -> "   <-- " + k).orElse("");
      trace.accept(
          "  %s %s:%d %s%s"
              .formatted(world.now(), machine.target().host(), point.number(), what, struck));
    }
    return kind;
  }

  private Optional<Mishap> faultAt(Point point) {
    for (SimFault fault : faults) {
      boolean here = fault.host() == point.host() && fault.point() == point.number();
      if (here && point.meets(fault.kind())) {
        return Optional.of(fault.kind());
      }
    }
    return Optional.empty();
  }

  @Override
  public Random chance(Machine machine) {
    return new Random(points.size() * 31L + machine.index());
  }

  @Override
  public void die(boolean silently) {
    dead = true;
    if (!silently) {
      world.hosts.letGo(this);
    }
  }

  void tell(String text) {
    trace.accept(text);
  }
}
