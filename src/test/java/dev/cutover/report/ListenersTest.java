package dev.cutover.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.event.DeployEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ListenersTest {

  private static final DeployEvent EVENT = new DeployEvent.Notice(Optional.empty(), "hello");

  @Test
  void aListenerThatThrowsStopsNeitherTheRunNorTheOthers() {
    List<String> trouble = new ArrayList<>();
    List<DeployEvent> heard = new ArrayList<>();
    Listeners listeners =
        new Listeners(
            List.of(
                event -> {
                  throw new IllegalStateException("disk \u001b[1m full");
                },
                event -> {
                  throw new StackOverflowError();
                },
                heard::add),
            trouble::add);
    listeners.on(EVENT);
    listeners.on(EVENT);
    assertThat(heard).containsExactly(EVENT, EVENT);
    assertThat(trouble).hasSize(2);
    assertThat(trouble.get(0)).contains("Notice", "disk \\x1b[1m full");
  }

  @Test
  void evenTellingMayFail() {
    Listeners listeners =
        new Listeners(
            List.of(
                event -> {
                  throw new IllegalStateException("first");
                }),
            line -> {
              throw new IllegalStateException("second");
            });
    listeners.on(EVENT);
    assertThat(listeners).isNotNull();
  }

  @Test
  void eventsFromManyThreadsArriveOneAtATime() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<DeployEvent> heard = new ArrayList<>();
    Listeners listeners =
        new Listeners(
            List.of(
                event -> {
                  most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  heard.add(event);
                  inside.decrementAndGet();
                }),
            line -> {});
    ExecutorService threads = Executors.newFixedThreadPool(4);
    CountDownLatch go = new CountDownLatch(1);
    for (int i = 0; i < 4; i++) {
      threads.execute(
          () -> {
            try {
              go.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            for (int n = 0; n < 250; n++) {
              listeners.on(EVENT);
            }
          });
    }
    go.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(heard).hasSize(1000);
    assertThat(most).hasValue(1);
  }
}
