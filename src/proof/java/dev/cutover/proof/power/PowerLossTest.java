package dev.cutover.proof.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.proof.Proof;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power of a disk is cut before and after each sync and rename of a run, and what had not
 * reached the disk is gone. Nothing may be broken then, nothing that was reported lost, and the
 * same goal run again must end as it should.
 */
@Tag("proof")
class PowerLossTest {

  private static final int TRIES = 5;

  private static final int SAMPLE = 4;
  private static final int SAMPLED_SCENARIOS = 2;

  @Test
  void aCutBreaksNothingAndLosesNothingThatWasReported(@TempDir Path work) throws IOException {
    String refusal = LoopDisk.refusal(work);
    assumeTrue(refusal.isEmpty(), "needs root and loop devices: " + refusal);
    Proof proof = Proof.named("power");
    List<String> problems = new ArrayList<>();
    int cuts = 0;
    int all = 0;
    int reported = 0;
    String only = System.getProperty("proof.scenario", "");
    List<PowerScenario> scenarios =
        only.isEmpty()
            ? proof.share(PowerScenario.all(), SAMPLED_SCENARIOS)
            : List.of(PowerScenario.named(only));
    for (PowerScenario scenario : scenarios) {
      Path place = work.resolve("s" + PowerScenario.all().indexOf(scenario));
      try (PowerRig rig = new PowerRig(scenario, place, UnaryOperator.identity())) {
        List<String> boundaries = rig.boundaries();
        all += boundaries.size();
        for (String boundary : proof.share(boundaries, SAMPLE / SAMPLED_SCENARIOS)) {
          cuts++;
          List<String> found = rig.cut(boundary);
          found.forEach(System.out::println);
          problems.addAll(found);
        }
        reported += rig.reported();
        System.out.printf("%s: %d cuts%n", scenario, boundaries.size());
      }
    }
    proof.figures(
        "%d scenarios, %d of %d cuts, %d reports of success checked, %d broken or lost"
            .formatted(scenarios.size(), cuts, all, reported, problems.size()));
    assertThat(problems).as(proof.seed()).isEmpty();
  }

  @Test
  void withoutTheSyncsTheSameCutsBreakAndLose(@TempDir Path work) throws IOException {
    String refusal = LoopDisk.refusal(work);
    assumeTrue(refusal.isEmpty(), "needs root and loop devices: " + refusal);
    // Anybody's sync, or the kernel's own, may come first on a busy machine: then once more.
    List<String> data = List.of();
    for (int i = 0; i < TRIES && data.stream().noneMatch(PowerLossTest::isTorn); i++) {
      data = PowerCheck.atTheEnd(work.resolve("data" + i), Unsynced::data);
    }
    assertThat(data).anyMatch(PowerLossTest::isTorn);
    List<String> all = List.of();
    for (int i = 0; i < TRIES && all.stream().noneMatch(PowerLossTest::isLost); i++) {
      all = PowerCheck.atTheEnd(work.resolve("all" + i), Unsynced::everything);
    }
    assertThat(all).anyMatch(PowerLossTest::isLost);
    Proof.named("power without syncs")
        .figures(
            "2 cuts, %d broken without the data's, %d lost without any"
                .formatted(data.size(), all.size()));
  }

  private static boolean isTorn(String problem) {
    return problem.contains("current has");
  }

  private static boolean isLost(String problem) {
    return problem.contains("reported and lost");
  }
}
