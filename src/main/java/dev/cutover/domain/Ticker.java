package dev.cutover.domain;

import java.time.Clock;
import java.time.Duration;

/** Time that only ever goes on, whatever clocks are set to; only differences say something. */
@FunctionalInterface
public interface Ticker {
  Duration now();

  static Ticker system() {
    return () -> Duration.ofNanos(System.nanoTime());
  }

  /** By a clock that nobody sets, as tests have them. */
  static Ticker of(Clock clock) {
    return () -> Duration.ofMillis(clock.millis());
  }
}
