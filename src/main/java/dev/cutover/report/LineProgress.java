package dev.cutover.report;

import dev.cutover.event.StepRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A line now and then: each quarter of an upload that takes its time, and at least every {@link
 * #PATIENCE}. A quick upload says nothing before its end.
 */
final class LineProgress implements Progress {

  static final Duration PATIENCE = Duration.ofSeconds(10);
  static final Duration QUICK = Duration.ofSeconds(3);

  private record Key(StepRef step, String host) {}

  private record Said(Instant at, long quarter) {}

  private final Console console;
  private final Clock clock;
  private final Supplier<Words> words;
  private final Map<Key, Said> uploads = new HashMap<>();

  LineProgress(Console console, Clock clock, Supplier<Words> words) {
    this.console = console;
    this.clock = clock;
    this.words = words;
  }

  @Override
  public void moved(StepRef step, String host, long done, long total) {
    Instant now = clock.instant();
    Said said = uploads.computeIfAbsent(new Key(step, host), key -> new Said(now, 0));
    Duration silent = Duration.between(said.at(), now);
    long quarter = total == 0 ? 4 : done * 4 / total;
    boolean due =
        silent.compareTo(PATIENCE) >= 0
            || (quarter > said.quarter() && silent.compareTo(QUICK) >= 0);
    if (due && done < total) {
      words.get().progress(step, host, done, total).print(console);
      uploads.put(new Key(step, host), new Said(now, quarter));
    }
  }

  @Override
  public void ended(StepRef step, String host) {
    uploads.remove(new Key(step, host));
  }

  @Override
  public void close() {
    uploads.clear();
  }
}
