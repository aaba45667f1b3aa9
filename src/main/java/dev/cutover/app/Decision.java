package dev.cutover.app;

import dev.cutover.plan.Plan;

/** What a goal makes of the hosts it found. */
sealed interface Decision {

  /** Something is to be done. */
  record Go(Plan plan) implements Decision {}

  /** The asked state already holds. */
  record Stay(String why) implements Decision {}
}
