package dev.cutover.proof.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Lets one of several clients go on at a time, as a seed says. A client may be stopped for long at
 * any call, as a laptop that sleeps: it does not even beat then.
 */
final class Scheduler implements Turn {

  private static final int MOST_MILLIS = 300;
  private static final int STOPS_ONE_IN = 60;
  private static final int LONGEST_STOP = 120;

  private final World world;
  private final Random random;
  private final Map<Thread, Instant> ready = new HashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private Thread running = Thread.currentThread();

  Scheduler(World world, Random random) {
    this.world = world;
    this.random = random;
  }

  /** Runs all to their ends; the caller's thread waits. */
  void run(List<Runnable> clients) {
    Thread caller = Thread.currentThread();
    synchronized (this) {
      for (Runnable client : clients) {
        Thread thread = new Thread(() -> participate(client, caller), "client");
        thread.setDaemon(true);
        threads.add(thread);
        ready.put(thread, world.now());
      }
      threads.forEach(Thread::start);
      handOver(caller);
    }
  }

  private void participate(Runnable client, Thread caller) {
    synchronized (this) {
      await();
    }
    try {
      client.run();
    } finally {
      synchronized (this) {
        threads.remove(Thread.currentThread());
        next(caller);
      }
    }
  }

  @Override
  public void pass(SimClient client) {
    world.advance(Duration.ofMillis(random.nextInt(MOST_MILLIS)));
    if (random.nextInt(STOPS_ONE_IN) == 0) {
      client.stopped(true);
      sleep(client, Duration.ofSeconds(random.nextInt(LONGEST_STOP)));
      client.stopped(false);
    } else if (random.nextBoolean()) {
      sleep(client, Duration.ZERO);
    }
  }

  @Override
  public void sleep(SimClient client, Duration pause) {
    synchronized (this) {
      ready.put(Thread.currentThread(), world.now().plus(pause));
      handOver(Thread.currentThread());
    }
  }

  private void handOver(Thread from) {
    next(from);
    await();
  }

  /** Whoever may go on does; when nobody may, time passes. */
  private void next(Thread caller) {
    if (threads.isEmpty()) {
      running = caller;
    } else {
      Instant first =
          threads.stream().map(this::readyAt).min(Comparator.naturalOrder()).orElseThrow();
      if (first.isAfter(world.now())) {
        world.hosts.advanceTo(first);
      }
      List<Thread> may = threads.stream().filter(t -> !readyAt(t).isAfter(world.now())).toList();
      running = may.get(random.nextInt(may.size()));
    }
    notifyAll();
  }

  private Instant readyAt(Thread thread) {
    return ready.getOrDefault(thread, world.now());
  }

  private void await() {
    try {
      while (running != Thread.currentThread()) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
