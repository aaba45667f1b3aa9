package dev.cutover.health;

import dev.cutover.domain.HealthCheck;

/** Hears each single answer. */
@FunctionalInterface
public interface Attempts {

  /**
   * A check was asked once.
   *
   * @param attempt the round, from 1
   * @param detail what the answer was, e.g. {@code answered 503} or {@code connection refused}
   */
  void answered(HealthCheck check, int attempt, boolean healthy, String detail);
}
