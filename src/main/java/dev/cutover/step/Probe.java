package dev.cutover.step;

import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Layout;
import dev.cutover.domain.RemotePath;
import dev.cutover.transport.Host;
import java.util.Map;

/** Asks health checks of a host; the port to the probes. */
public interface Probe {

  /**
   * Asks until the policy decides.
   *
   * @param attempts hears each answer
   */
  Verdict untilDecided(Host host, Layout layout, Question question, Attempts attempts);

  /** Asks each check once. */
  Verdict once(Host host, Layout layout, Question question, Attempts attempts);

  /**
   * What is asked of a release.
   *
   * @param directory where command checks run
   * @param expansions the values of {@code version} and {@code releaseId} in expected answers
   */
  record Question(
      HealthPolicy policy,
      RemotePath directory,
      Map<String, String> environment,
      Map<String, String> expansions) {}

  /** Hears single answers. */
  @FunctionalInterface
  interface Attempts {
    void answered(String check, int attempt, boolean healthy, String detail);
  }
}
