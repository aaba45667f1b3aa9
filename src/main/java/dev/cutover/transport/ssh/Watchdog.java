package dev.cutover.transport.ssh;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Ends what stays silent for too long. One daemon thread a link. */
final class Watchdog implements AutoCloseable {

  private final ScheduledThreadPoolExecutor timer;

  Watchdog(String host) {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "Watchdog of " + host);
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs {@code bite} once if the watch is not touched for {@code silence}. */
  Watch watch(Duration silence, Runnable bite) {
    return new Watch(silence, bite);
  }

  /** Runs {@code check} again and again until the watchdog is closed. */
  void every(Duration period, Runnable check) {
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(
            check, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean closed() {
    return timer.isShutdown();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** One thing that is watched until it is closed. */
  final class Watch implements AutoCloseable {
    private final long silence;
    private final Runnable bite;
    private final AtomicLong touched = new AtomicLong(System.nanoTime());
    private final ScheduledFuture<?> check;

    private Watch(Duration silence, Runnable bite) {
      this.silence = silence.toNanos();
      this.bite = bite;
      long period = Math.max(10, Math.min(1000, silence.toMillis() / 8));
      this.check = timer.scheduleWithFixedDelay(this::check, period, period, TimeUnit.MILLISECONDS);
    }

    void touch() {
      touched.set(System.nanoTime());
    }

    private void check() {
      if (System.nanoTime() - touched.get() > silence) {
        check.cancel(false);
        bite.run();
      }
    }

    @Override
    public void close() {
      check.cancel(false);
    }
  }
}
