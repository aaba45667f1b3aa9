package dev.cutover.proof.concurrency;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.Ticker;
import dev.cutover.domain.journal.Run;
import dev.cutover.proof.openssh.ClientJvm;
import dev.cutover.proof.openssh.GoalClient;
import dev.cutover.proof.openssh.HostPromises;
import dev.cutover.proof.openssh.HostTree;
import dev.cutover.proof.openssh.Moments;
import dev.cutover.proof.openssh.Reach;
import dev.cutover.testkit.Commands;
import dev.cutover.testkit.Processes;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.server.OpenSshServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A client that is stopped while it holds the lock, another one that takes over, and the first one
 * let go on: it must change nothing any more, and say why.
 */
final class Takeover {

  /** How the others come to know that nobody is behind the lock. */
  enum Sign {
    /** The connection of the stopped one is gone: its holder has let go. */
    HOLDER_GONE,
    /** The connection stands, but nothing came over it for more than a minute. */
    NO_BEAT
  }

  private static final int KEEP = 4;
  private static final int QUIET_MILLIS = 700;

  /** To whoever waits for a client that is stopped, a second is a minute. */
  private static final Ticker HURRIED = () -> Duration.ofNanos(System.nanoTime()).multipliedBy(60);

  private final OpenSshServer server;
  private final Reach reach;
  private final Path work;
  private final ClientJvm jvm;
  private final HostTree tree;
  private final List<String> violations = new ArrayList<>();
  private int woken;

  Takeover(OpenSshServer server, Path root, Path work, ClientJvm jvm) {
    this.server = server;
    this.reach = Reach.of(server, root);
    this.work = work;
    this.jvm = jvm;
    this.tree = new HostTree(root);
  }

  List<String> violations() {
    return violations;
  }

  /** How many woke up to find that another had taken over. */
  int woken() {
    return woken;
  }

  /** A release by another client; true to its word. */
  OutcomeReport release(String version) {
    return release(version, Ticker.system());
  }

  private OutcomeReport release(String version, Ticker ticker) {
    OutcomeReport report =
        Clients.run(
            reach.client(Moments.uneventful(), event -> {}, "other@" + version, ticker),
            Goal.RELEASE,
            reach.app(work, false, KEEP).request(version));
    if (report.outcome() != Outcome.RELEASED || !tree.liveVersion().equals(Optional.of(version))) {
      violations.add(version + ": " + report);
    }
    return report;
  }

  /** One round: stopped at a moment of its run, taken over, let go on. */
  void round(int number, int moment, Sign sign) throws IOException, InterruptedException {
    String name = "round %d (moment %d, %s): ".formatted(number, moment, sign);
    Path output = work.resolve("stopped.out");
    Process stopped = jvm.start(order("s" + number, moment), output);
    try {
      if (!awaitStop(stopped)) {
        violations.add(name + "was not stopped: " + HostTree.text(output));
        return;
      }
      int before = violations.size();
      // What was asked of the host comes to its end there without the client.
      awaitQuiet();
      Run newest = newest("client@proof", number);
      boolean ended = newest.end().isPresent();
      // A release that stood before the other came may be called a success, if its client knows.
      boolean committed = newest.commit().isPresent();
      if (!ended && sign == Sign.HOLDER_GONE) {
        server.sessions().forEach(ProcessHandle::destroyForcibly);
      }
      release("t" + number, HURRIED);
      Map<String, String> taken = snapshot();
      Commands.must("kill", "-CONT", Long.toString(stopped.pid()));
      if (!stopped.waitFor(90, TimeUnit.SECONDS)) {
        violations.add(name + "hung");
      }
      Map<String, String> after = snapshot();
      String said = HostTree.text(output);
      if (!after.equals(taken)) {
        violations.add(name + "changed " + difference(taken, after));
      }
      if (!ended) {
        woken++;
        boolean success = stopped.exitValue() == 0;
        if ((success && !committed) || !said.contains("another run has taken over")) {
          violations.add(name + "did not say so: " + said);
        }
      }
      release("u" + number);
      HostPromises.always(tree, false).forEach(one -> violations.add(name + one));
      HostPromises.settled(tree).forEach(one -> violations.add(name + one));
      Processes.left(tree.root()).forEach(one -> violations.add(name + "still running " + one));
      if (violations.size() > before) {
        violations.add(name + "it said: " + said);
        System.out.println(violations.subList(before, violations.size()));
      }
    } finally {
      stopped.destroyForcibly().waitFor();
    }
  }

  GoalClient.Order order(String version, int moment) {
    return new GoalClient.Order(
        reach, work, false, KEEP, version, List.of(Goal.RELEASE), moment, GoalClient.How.STOPS);
  }

  private static boolean awaitStop(Process process) throws InterruptedException {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    for (int i = 0; i < 600 && process.isAlive(); i++) {
      if (HostTree.text(stat).contains(") T ")) {
        return true;
      }
      Thread.sleep(50);
    }
    return false;
  }

  private void awaitQuiet() throws InterruptedException {
    String before;
    String now = tree.journalText();
    do {
      before = now;
      Thread.sleep(QUIET_MILLIS);
      now = tree.journalText();
    } while (!now.equals(before));
  }

  private Run newest(String owner, int number) {
    List<Run> runs = tree.history().runs();
    Run newest = runs.get(runs.size() - 1);
    if (!newest.started().owner().equals(owner)) {
      violations.add("round " + number + ": was stopped before it had the lock");
    }
    return newest;
  }

  /** All below the root, but for what uploads may write unfenced and for the beating. */
  private Map<String, String> snapshot() {
    Map<String, String> all = new TreeMap<>(tree.snapshot());
    all.keySet()
        .removeIf(path -> path.startsWith(".cutover/staging/") || path.equals(".cutover/alive"));
    return all;
  }

  private static List<String> difference(Map<String, String> before, Map<String, String> after) {
    List<String> changed = new ArrayList<>();
    before.forEach(
        (path, was) -> {
          if (!was.equals(after.get(path))) {
            changed.add(path + " was " + was + " is " + after.get(path));
          }
        });
    after.keySet().stream().filter(path -> !before.containsKey(path)).forEach(changed::add);
    return changed;
  }
}
