package dev.cutover.proof.openssh;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Outcome;
import dev.cutover.proof.Proof;
import dev.cutover.proof.openssh.Attempt.Case;
import dev.cutover.proof.openssh.Attempt.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that are interrupted on a real OpenSSH, and the same goal again. A share in the ordinary
 * build; all of it with {@code -Dproof=full}. A failure prints its case, which {@code
 * -Dproof.case=…} runs alone and tells in full; {@code -Dproof.seed=…} makes the same choices.
 */
@Tag("proof")
@Order(2)
class OpenSshProofTest {

  private static final int LANES = 6;
  private static final int SHARE = 60;
  private static final int ANY_TIME = 10;
  private static final int CUTS = 50;
  private static final int STALLS = 6;

  /** One in so many moments. */
  private static final int SESSIONS = 3;

  @Test
  void whateverInterruptsItRunningTheSameGoalAgainSettlesIt(@TempDir Path directory)
      throws Exception {
    boolean full = Proof.full();
    long seed = Long.getLong("proof.seed", System.nanoTime());
    long began = System.nanoTime();
    try (LinkGrid grid =
        new LinkGrid(directory.toRealPath(), Integer.getInteger("proof.lanes", LANES))) {
      List<Case> cases = new ArrayList<>();
      Optional<String> one = Optional.ofNullable(System.getProperty("proof.case"));
      if (one.isPresent()) {
        for (String text : one.get().split(",", -1)) {
          cases.add(Case.parse(text));
        }
      } else {
        cases.addAll(all(grid, new Random(seed)));
        Collections.shuffle(cases, new Random(seed));
      }
      List<Case> chosen = full || one.isPresent() ? cases : share(cases);
      List<Result> results = grid.run(chosen, one.isPresent());
      tell(results, cases.size(), seed, (System.nanoTime() - began) / 1_000_000_000);
      assertThat(results).flatExtracting(Result::violations).isEmpty();
    }
  }

  /** As many of each kind as there are of it in all. */
  private static List<Case> share(List<Case> cases) {
    return cases.subList(0, Math.min(SHARE, cases.size()));
  }

  private static List<Case> all(LinkGrid grid, Random random) {
    List<Case> cases = new ArrayList<>();
    for (LinkScenario scenario : LinkScenario.values()) {
      LinkGrid.Measure measure = grid.measure(scenario);
      for (int at : different(measure.moments())) {
        cases.add(new Case(scenario, LinkFault.CLIENT_AT_MOMENT, at, random.nextInt()));
        if (measure.moments().get(at - 1).startsWith("at: ")) {
          cases.add(new Case(scenario, LinkFault.COMMAND, at, random.nextInt()));
        }
        if (random.nextInt(SESSIONS) == 0) {
          cases.add(new Case(scenario, LinkFault.SESSION, at, random.nextInt()));
        }
      }
      for (int i = 0; i < ANY_TIME; i++) {
        int millis = random.nextInt((int) measure.millis());
        cases.add(new Case(scenario, LinkFault.CLIENT_ANY_TIME, millis, random.nextInt()));
      }
      for (int i = 0; i < CUTS; i++) {
        cases.add(new Case(scenario, LinkFault.CUT, within(measure.bytes(), i, CUTS, random), 0));
      }
      for (int i = 0; i < STALLS; i++) {
        cases.add(
            new Case(scenario, LinkFault.STALL, within(measure.bytes(), i, STALLS, random), 0));
      }
    }
    return cases;
  }

  /** The moments, from 1, without those that say the same of one file after the other. */
  private static List<Integer> different(List<String> moments) {
    List<Integer> different = new ArrayList<>();
    Set<String> files = new HashSet<>();
    for (int i = 0; i < moments.size(); i++) {
      String moment = moments.get(i);
      if (!moment.endsWith("file") || files.add(moment)) {
        different.add(i + 1);
      }
    }
    return different;
  }

  /** Somewhere in the i-th of equal parts. */
  private static long within(long bytes, int i, int parts, Random random) {
    return bytes * i / parts + random.nextInt((int) (bytes / parts));
  }

  private static Map<Outcome, Long> said(List<Result> results, LinkFault fault) {
    return results.stream()
        .filter(result -> result.what().fault() == fault)
        .flatMap(result -> result.said().stream())
        .collect(groupingBy(outcome -> outcome, TreeMap::new, counting()));
  }

  @SuppressWarnings("SystemOut")
  private static void tell(List<Result> results, int of, long seed, long seconds) {
    Map<LinkFault, int[]> counts = new EnumMap<>(LinkFault.class);
    for (Result result : results) {
      int[] count = counts.computeIfAbsent(result.what().fault(), fault -> new int[3]);
      count[0]++;
      count[1] += result.hit() ? 1 : 0;
      count[2] += result.violations().isEmpty() ? 0 : 1;
    }
    counts.forEach(
        (fault, count) ->
            System.out.printf(
                "OpenSSH %-17s %4d cases, %4d hit, %d with violations; said %s%n",
                fault, count[0], count[1], count[2], said(results, fault)));
    System.out.printf(
        "OpenSSH: %d of %d cases over %d scenarios, %d hit, %d with violations; seed %d; %d s%n",
        results.size(),
        of,
        LinkScenario.values().length,
        results.stream().filter(Result::hit).count(),
        results.stream().filter(result -> !result.violations().isEmpty()).count(),
        seed,
        seconds);
  }
}
