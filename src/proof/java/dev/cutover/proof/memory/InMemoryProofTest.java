package dev.cutover.proof.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every single fault, every crash in every recovery from a crash, and two clients at once: no
 * promise is broken. A case that breaks one is run alone, and told step by step, with {@code
 * -Dproof.without=none -Dtest=InMemoryProofTest#replay -Dproof.case=} and its id. The ordinary
 * build tries all of them; {@code -Dproof.share=20} one in twenty.
 */
@Tag("proof")
@Order(1)
class InMemoryProofTest {

  private static final String CASE = "proof.case";

  /** One case in so many. */
  private static final int SHARE = Integer.getInteger("proof.share", 1);

  private static final int SCHEDULES = 20_000;
  private static final long SEED = Long.getLong("proof.seed", 20261124L);

  @Test
  void noSingleFaultBreaksAPromise() {
    prove(
        "single faults",
        tally ->
            Scenarios.all().stream()
                .flatMap(scenario -> SimGrid.singles(scenario).stream())
                .<Runnable>map(
                    each -> () -> tally.run(each.toString(), () -> each.run(Trial.SILENT)))
                .toList());
  }

  @Test
  void noFaultOfAWatchdogBreaksAPromise() {
    prove(
        "faults of watchdogs",
        tally ->
            Scenarios.all().stream()
                .filter(SimScenario::watched)
                .flatMap(scenario -> SimGrid.watchdogs(scenario).stream())
                .<Runnable>map(
                    each -> () -> tally.run(each.toString(), () -> each.run(Trial.SILENT)))
                .toList());
  }

  @Test
  void noCrashInARecoveryBreaksAPromise() {
    prove(
        "crashes in recoveries",
        tally ->
            Scenarios.all().stream()
                .flatMap(scenario -> SimGrid.pairs(scenario, tally).stream())
                .toList());
  }

  @Test
  void noScheduleOfTwoClientsBreaksAPromise() {
    List<SimScenario> scenarios = Scenarios.all();
    prove(
        "schedules",
        tally ->
            LongStream.range(SEED, SEED + SCHEDULES)
                .mapToObj(seed -> new Schedule(scenarios, seed))
                .<Runnable>map(
                    each -> () -> tally.run(each.toString(), () -> each.run(Trial.SILENT)))
                .toList());
  }

  @Test
  @Tag("replay")
  void replay() {
    String id = Optional.ofNullable(System.getProperty(CASE)).orElseThrow();
    if (id.startsWith("schedule/")) {
      long seed = Long.parseLong(id.substring(id.indexOf('/') + 1));
      new Schedule(Scenarios.all(), seed).run(System.out::println);
    } else {
      Case.parse(id).run(System.out::println);
    }
  }

  private static void prove(String what, Function<Tally, List<Runnable>> makes) {
    long start = System.nanoTime();
    Tally tally = new Tally();
    List<Runnable> work = new ArrayList<>();
    List<Runnable> whole = makes.apply(tally);
    for (int i = 0; i < whole.size(); i += SHARE) {
      work.add(whole.get(i));
    }
    tally.all(work);
    System.out.printf(
        "%d %s, %d violations, %d s%n",
        tally.cases(), what, tally.violations(), (System.nanoTime() - start) / 1_000_000_000);
    assertThat(tally.broken()).as(what).isEmpty();
  }
}
