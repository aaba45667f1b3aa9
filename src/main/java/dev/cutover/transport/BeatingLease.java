package dev.cutover.transport;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps {@code hold.sh} beating until it is closed. */
final class BeatingLease implements Host.Lease {

  private static final long BEAT_SECONDS = 10;

  private final Connection.Feed feed;
  private final ScheduledExecutorService clock;

  private BeatingLease(Connection.Feed feed) {
    this.feed = feed;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "cutover-lease");
              thread.setDaemon(true);
              return thread;
            });
  }

  static BeatingLease start(Connection connection, String script, String nonce) {
    String ready = nonce + " ready";
    AtomicBoolean stands = new AtomicBoolean();
    Connection.Feed feed =
        connection.open(
            script,
            line -> {
              if (line.equals(ready)) {
                stands.set(true);
              }
            });
    BeatingLease lease = new BeatingLease(feed);
    // A line sent before the script reads them could be taken for the script's own text.
    var unused =
        lease.clock.scheduleAtFixedRate(
            () -> {
              if (stands.get()) {
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
  public void close() {
    clock.shutdownNow();
    feed.close();
  }
}
