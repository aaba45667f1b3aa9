package dev.cutover.testkit.time;

import dev.cutover.domain.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A clock that sleeping moves, and that remembers how long it slept. */
public final class SleepingClock extends Clock implements Sleeper {

  public final List<Duration> slept = new ArrayList<>();
  private final ManualClock clock = new ManualClock();

  @Override
  public void sleep(Duration pause) {
    slept.add(pause);
    clock.advance(pause);
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return clock.withZone(zone);
  }
}
