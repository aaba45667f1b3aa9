package dev.cutover.testkit.sim;

import dev.cutover.domain.Layout;
import dev.cutover.domain.Target;
import dev.cutover.testkit.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Servers that share their time. */
public final class SimServers {

  private final SimWorld world;
  private final List<SimServer> servers = new ArrayList<>();

  public SimServers(ManualClock clock) {
    world = new SimWorld(clock, (machine, job) -> servers.get(machine.index()).run(job.command()));
  }

  /** One more. */
  public SimServer add(Target target, Layout layout) {
    SimServer server = new SimServer(world, world.add(target, layout));
    servers.add(server);
    return server;
  }

  /** All of them. */
  public List<SimServer> all() {
    return List.copyOf(servers);
  }

  /** The one of a target. */
  public SimServer at(Target target) {
    return servers.get(world.machine(target).index());
  }

  /** Time passes. */
  public void pass(Duration time) {
    synchronized (world) {
      world.advance(time);
    }
  }
}
