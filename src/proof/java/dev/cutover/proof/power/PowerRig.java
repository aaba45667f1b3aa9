package dev.cutover.proof.power;

import dev.cutover.app.Deployments;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.proof.Patched;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.app.ExampleApp;
import dev.cutover.testkit.app.Patience;
import dev.cutover.testkit.app.Requests;
import dev.cutover.testkit.app.VersionFiles;
import dev.cutover.transport.ScriptedHost;
import dev.cutover.transport.local.LocalConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One scenario on a disk of its own, cut again and again from the same state. */
public final class PowerRig implements AutoCloseable {

  /** More than go up one by one. */
  private static final VersionFiles FILES = new VersionFiles(19, 1_000);

  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(30), Duration.ofSeconds(3), Duration.ofMillis(10), 1);

  private final PowerScenario scenario;
  private final Path work;
  private final Path root;
  private final ExampleApp app;
  private final LoopDisk template;
  private final Breaker breaker;
  private final UnaryOperator<String> patch;
  private int reported;

  PowerRig(PowerScenario scenario, Path work, UnaryOperator<String> patch) throws IOException {
    this.scenario = scenario;
    this.work = Files.createDirectories(work);
    this.patch = patch;
    Path mount = work.resolve("mnt");
    this.root = mount.resolve("srv");
    this.app =
        new ExampleApp(Requests.target(root), work)
            .of(FILES)
            .waiting(PATIENCE)
            .with(
                requests -> {
                  requests.keep = 2;
                  requests.lockWait = Duration.ofSeconds(90);
                });
    this.template = LoopDisk.made(work.resolve("template.img"), mount);
    this.breaker = Breaker.in(work.resolve("tools"), mount);
    template.mount();
    for (String version : scenario.before()) {
      expect(Outcome.RELEASED, undisturbed().release(app.request(version)));
    }
    template.unmount();
  }

  /** Every boundary: before and after each sync and rename, and after the end. */
  List<String> boundaries() throws IOException {
    try (LoopDisk disk = template.copy(work.resolve("dry.img"))) {
      disk.mount();
      breaker.reset();
      expect(scenario.ends(), run(client("never", new Witness(() -> false))));
      disk.unmount();
    }
    List<String> boundaries = new ArrayList<>();
    for (int n = 1; n <= breaker.calls(); n++) {
      boundaries.add("before " + n);
      boundaries.add("after " + n);
    }
    boundaries.add("at the end");
    return boundaries;
  }

  /** What a cut at this boundary broke or lost. */
  List<String> cut(String boundary) throws IOException {
    List<String> problems = new ArrayList<>();
    try (LoopDisk disk = template.copy(work.resolve("cut.img"))) {
      disk.mount();
      breaker.reset();
      Witness witness = new Witness(breaker::tripped);
      OutcomeReport told = run(client(boundary, witness));
      if (!breaker.tripped()) {
        disk.cut();
      }
      disk.remount();
      problems.addAll(app.broken(root));
      problems.addAll(witness.lost(root));
      reported += witness.reported();
      boolean finished = told.outcome() == scenario.ends();
      if (finished && !ExampleApp.live(root).equals(scenario.live())) {
        problems.add("reported and lost: " + told.outcome());
      }
      if (!finished || scenario.ends() != Outcome.ROLLED_BACK) {
        OutcomeReport again = run(undisturbed(), asAdvised(told));
        boolean held = finished && again.success();
        if (again.outcome() != scenario.ends() && !held && !alreadyThere(again)) {
          problems.add("run again it ended " + again.outcome() + ": " + again.happened());
        }
      }
      if (!ExampleApp.live(root).equals(scenario.live())) {
        problems.add("run again, live is " + ExampleApp.live(root));
      }
      problems.addAll(app.broken(root));
      disk.unmount();
    }
    return problems.stream().map(p -> scenario + ", cut " + boundary + ": " + p).toList();
  }

  /** It had come to its end, which the client did not hear any more. */
  private boolean alreadyThere(OutcomeReport again) {
    return (scenario.ends() == Outcome.RELEASED || scenario.ends() == Outcome.ROLLED_BACK)
        && again.outcome() == Outcome.NOTHING_CHANGED
        && again.success();
  }

  /** How many reports of success were held against what stood afterwards. */
  int reported() {
    return reported;
  }

  private OutcomeReport run(Deployments client) {
    return run(client, app);
  }

  private OutcomeReport run(Deployments client, ExampleApp with) {
    return Clients.run(client, scenario.goal(), with.request(scenario.version()));
  }

  /** A rollback whose end is not known is asked for again by its id. */
  private ExampleApp asAdvised(OutcomeReport told) {
    return told.release()
        .filter(id -> told.next().endsWith("-Ddeploy.releaseId=" + id))
        .map(id -> app.with(requests -> requests.releaseId = Optional.of(id)))
        .orElse(app);
  }

  private Deployments client(String boundary, Witness witness) {
    return Clients.hasty(
        target ->
            witness.watch(
                new ScriptedHost(
                    target, new Patched(breaker.connect(boundary), patch, Optional.empty()))));
  }

  private static Deployments undisturbed() {
    return Clients.hasty(target -> new ScriptedHost(target, new LocalConnection()));
  }

  private static void expect(Outcome outcome, OutcomeReport report) {
    if (report.outcome() != outcome) {
      throw new IllegalStateException(report.outcome() + ": " + report.happened());
    }
  }

  @Override
  public void close() throws IOException {
    template.close();
  }
}
