package dev.cutover.proof.power;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.proof.Goals;
import dev.cutover.proof.Patched;
import dev.cutover.transport.ScriptedHost;
import dev.cutover.transport.local.LocalConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One scenario on a disk of its own, cut again and again from the same state. */
public final class PowerRig implements AutoCloseable {

  private final PowerScenario scenario;
  private final Path work;
  private final Path root;
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
    this.template = LoopDisk.made(work.resolve("template.img"), mount);
    this.breaker = Breaker.in(work.resolve("tools"), mount);
    template.mount();
    for (String label : scenario.before()) {
      expect(Outcome.RELEASED, undisturbed().release(label));
    }
    template.unmount();
  }

  /** Every boundary: before and after each sync and rename, and after the end. */
  List<String> boundaries() throws IOException {
    try (LoopDisk disk = template.copy(work.resolve("dry.img"))) {
      disk.mount();
      breaker.reset();
      expect(scenario.ends(), scenario.goal().of(goals("never", new Witness(() -> false))));
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
      OutcomeReport told = scenario.goal().of(goals(boundary, witness));
      if (!breaker.tripped()) {
        disk.cut();
      }
      disk.remount();
      problems.addAll(undisturbed().broken());
      problems.addAll(witness.lost(root));
      reported += witness.reported();
      boolean finished = told.outcome() == scenario.ends();
      if (finished && !undisturbed().live().equals(scenario.live())) {
        problems.add("reported and lost: " + told.outcome());
      }
      if (!finished || scenario.ends() != Outcome.ROLLED_BACK) {
        OutcomeReport again = scenario.goal().of(undisturbed());
        boolean held = finished && again.success();
        if (again.outcome() != scenario.ends() && !held && !alreadyThere(again)) {
          problems.add("run again it ended " + again.outcome() + ": " + again.happened());
        }
      }
      if (!undisturbed().live().equals(scenario.live())) {
        problems.add("run again, live is " + undisturbed().live());
      }
      problems.addAll(undisturbed().broken());
      disk.unmount();
    }
    return problems.stream().map(p -> scenario + ", cut " + boundary + ": " + p).toList();
  }

  /** It had come to its end, which the client did not hear any more. */
  private boolean alreadyThere(OutcomeReport again) {
    return scenario.ends() == Outcome.RELEASED
        && again.outcome() == Outcome.NOTHING_CHANGED
        && again.success();
  }

  /** How many reports of success were held against what stood afterwards. */
  int reported() {
    return reported;
  }

  private Goals goals(String boundary, Witness witness) {
    return new Goals(
        root,
        work,
        target ->
            witness.watch(
                new ScriptedHost(
                    target, new Patched(breaker.connect(boundary), patch, Optional.empty()))));
  }

  private Goals undisturbed() {
    return new Goals(root, work, target -> new ScriptedHost(target, new LocalConnection()));
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
