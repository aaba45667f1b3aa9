package dev.cutover.step;

import dev.cutover.health.Attempts;
import dev.cutover.health.HealthQuestion;
import dev.cutover.health.HealthVerdict;
import dev.cutover.transport.Host;

/** Asks health checks of a host; {@link dev.cutover.health.HealthProber} for real. */
public interface Probe {

  /** Asks until the policy decides. */
  HealthVerdict untilDecided(Host host, HealthQuestion question, Attempts attempts);

  /** Asks each check once. */
  HealthVerdict once(Host host, HealthQuestion question, Attempts attempts);
}
