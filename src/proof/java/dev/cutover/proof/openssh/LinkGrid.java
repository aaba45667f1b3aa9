package dev.cutover.proof.openssh;

import dev.cutover.proof.openssh.Attempt.Case;
import dev.cutover.proof.openssh.Attempt.Result;
import dev.cutover.testkit.app.Clients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lanes that work through cases side by side: most of a case is waiting. */
final class LinkGrid implements AutoCloseable {

  private static final int TELL_EVERY = 100;

  private final List<Lane> lanes = new ArrayList<>();
  private final ClientJvm jvm;

  /**
   * How long an undisturbed run of a scenario is.
   *
   * @param moments what goes on at each of them
   * @param bytes that travel, both ways
   * @param millis of a client in a process of its own, once its goal has begun
   */
  record Measure(List<String> moments, long bytes, long millis) {}

  LinkGrid(Path directory, int lanes) {
    for (int i = 0; i < lanes; i++) {
      this.lanes.add(new Lane(directory.resolve("lane" + i)));
    }
    try {
      jvm = new ClientJvm(Files.createDirectories(directory.resolve("jvm")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Lane lane = this.lanes.get(0);
    lane.begin(LinkScenario.FULL_UPGRADE);
    jvm.train(lane.order(LinkScenario.FULL_UPGRADE, 0));
  }

  Measure measure(LinkScenario scenario) {
    Lane lane = lanes.get(0);
    lane.begin(scenario);
    List<String> moments = new CopyOnWriteArrayList<>();
    long start = System.nanoTime();
    try (CutProxy proxy = new CutProxy(lane.reach().port(), Long.MAX_VALUE, CutProxy.Then.CUTS)) {
      Reach reach = lane.reach().through(proxy.port());
      for (var goal : scenario.goals) {
        Clients.run(
            reach.client(Moments.heard(moments::add), event -> {}, "client@proof"),
            goal,
            lane.app(scenario, reach).request(scenario.version));
      }
      // A process of its own is slower than this one, which has done so before.
      return new Measure(moments, proxy.bytes(), 2 * (System.nanoTime() - start) / 1_000_000);
    }
  }

  List<Result> run(List<Case> cases, boolean tell) {
    Queue<Case> left = new ConcurrentLinkedQueue<>(cases);
    List<Result> results = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (Lane lane : lanes) {
      Thread thread =
          new Thread(
              () -> {
                for (Case next = left.poll(); next != null; next = left.poll()) {
                  Result result = one(lane, next);
                  results.add(result);
                  if (results.size() % TELL_EVERY == 0) {
                    System.out.printf("OpenSSH: %d of %d%n", results.size(), cases.size());
                  }
                  if (tell || !result.violations().isEmpty()) {
                    System.out.println(Attempt.tell(result, lane.tree()));
                  }
                }
              },
              "Lane");
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return List.copyOf(results);
  }

  private Result one(Lane lane, Case next) {
    try {
      return new Attempt(lane, jvm, next).run();
    } catch (RuntimeException e) {
      return new Result(
          next, true, "", Optional.empty(), List.of("the proof itself failed: " + e), List.of());
    }
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
  }
}
