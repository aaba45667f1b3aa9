package dev.cutover.testkit.sim;

import dev.cutover.transport.HostOp;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** A process that asks hosts: the product's, or what goes on by itself on one of them. */
public interface Caller {

  /** It is about to ask something of a host. */
  default void asks(Machine machine, String what) {}

  /** Waits, and lets time pass meanwhile. */
  void sleep(Duration pause);

  /**
   * A script of its comes to a point.
   *
   * @param what it does next
   * @return what goes wrong there, if anything
   */
  default Optional<Mishap> pass(Machine machine, String what, Writes writes) {
    return Optional.empty();
  }

  /** The same, where the script is about to begin an operation: an error fails that as a whole. */
  default Optional<Mishap> begin(Machine machine, HostOp op) {
    return pass(machine, "begin " + op.getClass().getSimpleName(), Writes.NOTHING);
  }

  /** Chance for what comes by chance; the same at the same point of the same run. */
  default Random chance(Machine machine) {
    return new Random(machine.index());
  }

  /** Does a call; where several threads call, alone. */
  default <T> T alone(Supplier<T> call) {
    return call.get();
  }

  /** Whether it is gone. */
  default boolean dead() {
    return false;
  }

  /** Whether it does nothing, not even beat, for some time. */
  default boolean stopped() {
    return false;
  }

  /**
   * It is gone from here on.
   *
   * @param silently whether nothing tells the hosts of it
   */
  default void die(boolean silently) {
    throw new IllegalStateException("not mortal");
  }
}
