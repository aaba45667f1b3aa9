package dev.cutover.transport;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Keeps {@code hold.sh} beating until it is closed. */
final class BeatingLease implements Host.Lease {

  private static final long BEAT_SECONDS = 10;

  /** The script waits 20 s for whoever holds the file. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final Connection.Feed feed;
  private final Beginning beginning;
  private final ScheduledExecutorService clock;

  private BeatingLease(Connection.Feed feed, Beginning beginning) {
    this.feed = feed;
    this.beginning = beginning;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "cutover-lease");
              thread.setDaemon(true);
              return thread;
            });
  }

  static BeatingLease start(Connection connection, String script, String nonce) {
    Beginning beginning = new Beginning(nonce);
    Connection.Feed feed = connection.open(script, beginning::heard);
    BeatingLease lease = new BeatingLease(feed, beginning);
    // A line sent before the script reads them could be taken for the script's own text.
    var unused =
        lease.clock.scheduleAtFixedRate(
            () -> {
              if (beginning.stands()) {
                feed.send("b");
              }
            },
            BEAT_SECONDS,
            BEAT_SECONDS,
            TimeUnit.SECONDS);
    return lease;
  }

  @Override
  public boolean held() {
    return feed.open();
  }

  @Override
  public Optional<String> refused() {
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!beginning.known(LOOK)) {
        if (!feed.open() && !beginning.known(LAST_WORDS)) {
          // The link broke: whoever asks the host next finds out.
          return Optional.empty();
        }
        if (System.nanoTime() - end > 0) {
          return Optional.of("nothing was heard of it");
        }
      }
      return beginning.refusal();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    feed.close();
  }
}
