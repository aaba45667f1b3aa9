package dev.cutover.testkit.sim;

import dev.cutover.transport.HostOp;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Whoever is connected to a server that misbehaves as that is told to. */
record Visitor(SimWorld world, SimServer server) implements Caller {

  @Override
  public void asks(Machine machine, String what) {
    if (!what.equals("connect")) {
      server.trips.add(what);
    }
  }

  @Override
  public void sleep(Duration pause) {
    world.advance(pause);
  }

  @Override
  public Optional<Mishap> pass(Machine machine, String what, Writes writes) {
    boolean loses = what.equals("the reply to perform") && server.repliesToLose > 0;
    if (loses) {
      server.repliesToLose--;
    }
    return Optional.of(Mishap.LOST).filter(lost -> loses);
  }

  @Override
  public Optional<Mishap> begin(Machine machine, HostOp op) {
    if (server.lost.test(op)) {
      return Optional.of(Mishap.CUT);
    }
    return Optional.of(Mishap.ERROR).filter(error -> server.fails.test(op));
  }

  @Override
  public <T> T alone(Supplier<T> call) {
    synchronized (world) {
      return call.get();
    }
  }
}
