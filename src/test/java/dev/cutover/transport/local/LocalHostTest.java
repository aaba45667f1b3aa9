package dev.cutover.transport.local;

import dev.cutover.transport.Connection;
import dev.cutover.transport.RealHostContract;
import org.junit.jupiter.api.Order;

/** This machine as its own shell has it. */
@Order(1)
class LocalHostTest extends RealHostContract {

  @Override
  protected Connection connect() {
    return new LocalConnection();
  }

  @Override
  protected int flips() {
    return 200;
  }
}
