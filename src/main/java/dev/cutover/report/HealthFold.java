package dev.cutover.report;

import dev.cutover.event.DeployEvent.HealthAttempted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a host's health checks have said in the running step. */
final class HealthFold {

  /** An answer that differs each time is not news each time. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private record Said(Instant at, String detail) {}

  private final Clock clock;
  private final Map<String, Said> said = new HashMap<>();
  private final Map<String, Boolean> latest = new HashMap<>();
  private final Map<String, Integer> tries = new LinkedHashMap<>();

  HealthFold(Clock clock) {
    this.clock = clock;
  }

  /** Takes note of an attempt; true if it is worth a line. */
  boolean heard(HealthAttempted attempt) {
    tries.merge(attempt.check(), attempt.attempt(), Math::max);
    latest.put(attempt.check(), attempt.healthy());
    if (attempt.healthy()) {
      return false;
    }
    Instant now = clock.instant();
    Said before = said.get(attempt.check());
    boolean news =
        before == null
            || (!before.detail().equals(attempt.detail())
                && !now.isBefore(before.at().plus(PATIENCE)));
    if (news) {
      said.put(attempt.check(), new Said(now, attempt.detail()));
    }
    return news;
  }

  /** Whether the latest answer to every check was a good one. */
  boolean healthy() {
    return !latest.containsValue(false);
  }

  List<String> checks() {
    return List.copyOf(tries.keySet());
  }

  int tries() {
    return tries.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }
}
