package dev.cutover.testkit.app;

import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import java.time.Duration;
import java.util.List;

/**
 * How long the health checks of a version may take.
 *
 * @param healthy for one that will be healthy, on a busy machine as well
 * @param sick for one that will not, and is not waited for longer than it takes to see that
 */
public record Patience(Duration healthy, Duration sick, Duration interval, int successes) {

  static final Patience USUAL =
      new Patience(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMillis(50), 2);

  HealthPolicy policy(String version) {
    HealthCheck check = new HealthCheck.Run(ExampleApp.HEALTHY);
    return ExampleApp.healthy(version)
        ? new HealthPolicy(List.of(check), healthy, interval, successes)
        : new HealthPolicy(List.of(check), sick, interval, 1);
  }
}
