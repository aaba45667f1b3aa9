package dev.cutover.proof.memory;

import java.time.Duration;

/** Who goes on, when several clients are at work. */
interface Turn {

  /** There is one client only: it always goes on, and time passes while it waits. */
  Turn ALONE =
      new Turn() {
        @Override
        public void pass(SimClient client) {}

        @Override
        public void sleep(SimClient client, Duration pause) {
          client.world().advance(pause);
        }
      };

  /** A client is about to ask something of a host. */
  void pass(SimClient client);

  /** A client waits. */
  void sleep(SimClient client, Duration pause);
}
