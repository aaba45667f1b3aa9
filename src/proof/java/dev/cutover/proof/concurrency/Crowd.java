package dev.cutover.proof.concurrency;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.proof.openssh.HostPromises;
import dev.cutover.proof.openssh.HostTree;
import dev.cutover.proof.openssh.Moments;
import dev.cutover.proof.openssh.Reach;
import dev.cutover.testkit.Processes;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.app.ExampleApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Deployers that release different versions to one root in the same moment. */
final class Crowd {

  private static final int KEEP = 4;
  private static final int LONGEST_WAIT_MILLIS = 8_000;

  private final Reach reach;
  private final Path work;
  private final int size;
  private final List<String> violations = new ArrayList<>();
  private int released;
  private int refused;

  Crowd(Reach reach, Path work, int size) {
    this.reach = reach;
    this.work = work;
    this.size = size;
  }

  int released() {
    return released;
  }

  int refused() {
    return refused;
  }

  List<String> violations() {
    return violations;
  }

  /** Everybody at once, once. */
  void round(int number, Random random) throws Exception {
    HostTree tree = new HostTree(reach.root());
    int restarts = tree.lines("restarts").size();
    int revisions = tree.lines("revisions.log").size();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<OutcomeReport>> running = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        String version = "r" + number + "d" + i;
        Duration patience = Duration.ofMillis(random.nextInt(LONGEST_WAIT_MILLIS));
        Callable<OutcomeReport> deployer =
            () -> {
              start.await();
              return release(version, patience);
            };
        running.add(threads.submit(deployer));
      }
      start.countDown();
      List<OutcomeReport> reports = new ArrayList<>();
      for (Future<OutcomeReport> one : running) {
        reports.add(one.get());
      }
      judge(number, reports, tree);
      int won =
          (int) reports.stream().filter(report -> report.outcome() == Outcome.RELEASED).count();
      expect(number, "restarts", tree.lines("restarts").size() - restarts, won);
      expect(number, "revisions", tree.lines("revisions.log").size() - revisions, won);
      released += won;
      refused += reports.size() - won;
    } finally {
      threads.shutdownNow();
    }
  }

  private OutcomeReport release(String version, Duration patience) {
    ExampleApp app =
        reach
            .app(work.resolve(version), false, KEEP)
            .with(requests -> requests.lockWait = patience);
    return Clients.run(
        reach.client(Moments.uneventful(), event -> {}, "deployer@" + version),
        Goal.RELEASE,
        app.request(version));
  }

  private void judge(int number, List<OutcomeReport> reports, HostTree tree) {
    add(number, HostPromises.always(tree, false));
    add(number, HostPromises.settled(tree));
    add(number, Processes.left(tree.root()));
    HostHistory history = tree.history();
    List<ReleaseId> order = new ArrayList<>();
    tree.journal().lines().stream()
        .filter(line -> line.entry() instanceof StateChanged)
        .map(line -> (StateChanged) line.entry())
        .filter(changed -> changed.state() == ReleaseState.GOOD)
        .forEach(changed -> order.add(changed.id()));
    for (OutcomeReport report : reports) {
      boolean held =
          report.outcome() == Outcome.NOTHING_CHANGED
              && report.happened().contains("the lock is held by");
      boolean won =
          report.outcome() == Outcome.RELEASED
              && report.release().filter(order::contains).isPresent()
              && history
                  .description(report.release().orElseThrow())
                  .filter(known -> known.version().equals(report.version()))
                  .isPresent();
      if (!held && !won) {
        violations.add("round " + number + ": " + report);
      }
    }
    List<String> restarted = tree.lines("restarts");
    if (!restarted.equals(order.stream().map(ReleaseId::value).toList())) {
      violations.add("round " + number + ": restarted " + restarted + ", released " + order);
    }
  }

  private void expect(int number, String what, int counted, int won) {
    if (counted != won) {
      violations.add("round %d: %d %s for %d winners".formatted(number, counted, what, won));
    }
  }

  private void add(int number, List<String> broken) {
    broken.forEach(one -> violations.add("round " + number + ": " + one));
  }
}
