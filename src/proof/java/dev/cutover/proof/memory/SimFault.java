package dev.cutover.proof.memory;

import dev.cutover.testkit.sim.Mishap;

/**
 * One fault of one run.
 *
 * @param host which of the run's hosts, from 0
 * @param point how many points of that host the run passes before it
 */
record SimFault(int host, int point, Mishap kind) {

  /** Stands for the host in the name of a fault that a watchdog meets. */
  private static final int WATCHDOG = -1;

  boolean ofWatchdog() {
    return host == WATCHDOG;
  }

  /** The same fault, met by the watchdog of a host. */
  static SimFault ofWatchdog(int point, Mishap kind) {
    return new SimFault(WATCHDOG, point, kind);
  }

  /** As the watchdog of the only host meets it. */
  SimFault there() {
    return new SimFault(0, point, kind);
  }

  @Override
  public String toString() {
    return host + ":" + point + ":" + kind;
  }

  static SimFault parse(String text) {
    String[] words = text.split(":", -1);
    return new SimFault(
        Integer.parseInt(words[0]), Integer.parseInt(words[1]), Mishap.valueOf(words[2]));
  }
}
