package dev.cutover.domain;

import java.time.Duration;
import java.util.List;

/**
 * When a release counts as healthy.
 *
 * @param timeout how long the checks may take to succeed, counted from the end of the restart
 * @param interval the pause between two rounds of checks
 * @param successes how many consecutive rounds must succeed
 */
public record HealthPolicy(
    List<HealthCheck> checks, Duration timeout, Duration interval, int successes) {

  public static final HealthPolicy NONE =
      new HealthPolicy(List.of(), Duration.ofSeconds(60), Duration.ofSeconds(1), 2);

  public HealthPolicy {
    checks = List.copyOf(checks);
  }
}
