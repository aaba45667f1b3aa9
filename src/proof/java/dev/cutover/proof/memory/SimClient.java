package dev.cutover.proof.memory;

import dev.cutover.domain.Sleeper;
import dev.cutover.testkit.host.Rig;
import dev.cutover.transport.ReconnectingHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One process of the product's, and the faults that its run will meet. */
final class SimClient {

  /** A moment at which something can go wrong. */
  record Point(int host, int number, Script.Writes writes, String what) {

    /** Whether something is different after it: cut off at others, nothing is. */
    boolean acts() {
      return writes != Script.Writes.NOTHING
          || what.startsWith("start ")
          || what.endsWith(" ended");
    }

    /** Whether this can go wrong here. */
    boolean meets(SimFault.Kind kind) {
      return switch (kind) {
        case ERROR -> writes != Script.Writes.NOTHING;
        case DAMAGE -> what.startsWith(Script.UPLOADS);
        case NO_SPACE -> writes == Script.Writes.LITTLE || writes == Script.Writes.MUCH;
        default -> true;
      };
    }

    SimFault fault(SimFault.Kind kind) {
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
    this.passed = new int[world.machines.size()];
  }

  World world() {
    return world;
  }

  Turn turn() {
    return turn;
  }

  /** The whole application, as this client runs it. */
  Rig rig() {
    Sleeper sleeper = pause -> turn.sleep(this, pause);
    Rig rig = new Rig(world.clock, world.targets());
    rig.connector =
        ReconnectingHost.over(target -> SimHost.open(this, target), world.clock, sleeper);
    rig.probe = new SimProbe(this, world.clock);
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
    return world.machines.stream()
        .allMatch(machine -> machine.lastToken.contains(":" + runId + ":"));
  }

  /** Every point passed so far. */
  List<Point> points() {
    return points;
  }

  boolean dead() {
    return dead;
  }

  /** Whether it does nothing, not even beat, for some time. */
  boolean stopped() {
    return stopped;
  }

  void stopped(boolean now) {
    stopped = now;
  }

  /** Passes a point; what goes wrong there, if anything. */
  Optional<SimFault.Kind> pass(Machine machine, String what, Script.Writes writes) {
    Point point = new Point(machine.index, passed[machine.index]++, writes, what);
    points.add(point);
    Optional<SimFault.Kind> kind = faultAt(point);
    if (tracing) {
      String struck = kind.map(k -> "   <-- " + k).orElse("");
      trace.accept(
          "  %s %s:%d %s%s"
              .formatted(world.now(), machine.target.host(), point.number(), what, struck));
    }
    return kind;
  }

  private Optional<SimFault.Kind> faultAt(Point point) {
    for (SimFault fault : faults) {
      boolean here = fault.host() == point.host() && fault.point() == point.number();
      if (here && point.meets(fault.kind())) {
        return Optional.of(fault.kind());
      }
    }
    return Optional.empty();
  }

  /** It is gone. What it held is free, unless nobody tells the hosts. */
  void die(boolean silently) {
    dead = true;
    if (!silently) {
      world.machines.forEach(
          machine -> machine.holders.removeIf(holder -> holder.client() == this));
    }
  }

  void tell(String text) {
    trace.accept(text);
  }
}
