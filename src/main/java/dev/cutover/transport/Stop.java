package dev.cutover.transport;

import dev.cutover.error.StoppedException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells a run to stop. From then on its hosts do nothing more for it, neither forward nor back:
 * what it left is settled by the next run, never by one that may be ended at any moment.
 */
public final class Stop {

  private final List<Runnable> farewells = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;

  /** Whether the run was told to stop. */
  public boolean requested() {
    return requested;
  }

  /**
   * Refuses when the run was told to stop.
   *
   * @param where for the message
   * @throws StoppedException if it was
   */
  public void check(String where) {
    if (requested) {
      throw new StoppedException(where);
    }
  }

  /** The run has come to its end, whatever that was. */
  public void ended() {
    ended.countDown();
  }

  /**
   * Tells the run to stop, gives each host one chance to note it, and waits for the run to say how
   * it ended.
   *
   * @param seconds after which nothing is waited for any more
   * @return whether the run has said how it ended
   */
  public boolean request(int seconds) {
    requested = true;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Thread> threads = farewells.stream().map(Stop::started).toList();
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      }
      return ended.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Has {@code farewell} done once when the run is told to stop. */
  void onRequest(Runnable farewell) {
    farewells.add(farewell);
  }

  private static Thread started(Runnable farewell) {
    Thread thread = new Thread(farewell, "cutover-stop");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
