package dev.cutover.domain;

import java.time.Duration;

/** Waits; injected so that tests need not. */
@FunctionalInterface
public interface Sleeper {
  void sleep(Duration pause) throws InterruptedException;

  static Sleeper system() {
    return pause -> Thread.sleep(pause.toMillis());
  }
}
