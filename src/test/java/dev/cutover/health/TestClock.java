package dev.cutover.health;

import dev.cutover.domain.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that only sleeping moves. */
final class TestClock extends Clock implements Sleeper {

  final List<Duration> slept = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-22T10:15:00Z");

  @Override
  public void sleep(Duration pause) {
    slept.add(pause);
    now = now.plus(pause);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
