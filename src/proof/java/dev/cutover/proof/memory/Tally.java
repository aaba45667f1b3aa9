package dev.cutover.proof.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs cases on two threads and counts them; a case that breaks a promise is kept by its id. */
final class Tally {

  private static final int THREADS = 2;
  private static final int SHOWN = 20;

  private final AtomicInteger cases = new AtomicInteger();
  private final List<String> broken = new ArrayList<>();

  /** Work that may break a promise. */
  @FunctionalInterface
  interface Work {
    void run();
  }

  /** Runs one case under its id. */
  void run(String id, Work work) {
    cases.incrementAndGet();
    try {
      work.run();
    } catch (Violation | RuntimeException e) {
      note("-Dproof.case=" + id + "  " + (e instanceof Violation ? e.getMessage() : trace(e)));
    }
  }

  private static String trace(Throwable e) {
    return e + " at " + List.of(e.getStackTrace()).stream().findFirst().orElse(null);
  }

  private synchronized void note(String text) {
    broken.add(text);
  }

  /** Does all of it. */
  void all(List<Runnable> work) {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> done = new ArrayList<>();
      work.forEach(each -> done.add(pool.submit(each)));
      for (Future<?> each : done) {
        each.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
  }

  int cases() {
    return cases.get();
  }

  /** The cases that broke a promise, the first of them. */
  synchronized List<String> broken() {
    return broken.subList(0, Math.min(SHOWN, broken.size()));
  }

  synchronized int violations() {
    return broken.size();
  }
}
