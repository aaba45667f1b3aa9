package dev.cutover.proof.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The proof itself is tried: with a mistake in a host script it finds a broken promise. */
@Tag("proof")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeededBugsInMemoryTest {

  private static final Set<String> ENOUGH =
      Set.of("first", "upgrade", "sick", "full-sick", "rollback", "prune", "stage");
  private static final int SCHEDULES = 3_000;

  private List<SimScenario> scenarios = List.of();
  private final List<Case> cases = new ArrayList<>();

  @BeforeAll
  void prepare() {
    scenarios = Scenarios.all().stream().filter(s -> ENOUGH.contains(s.name())).toList();
    scenarios.forEach(each -> cases.addAll(SimGrid.singles(each)));
    // So that what breaks only late in a scenario, or in the last one, is met early.
    Collections.shuffle(cases, new Random(1));
    scenarios.forEach(each -> cases.add(0, new Case(each, List.of())));
  }

  @ParameterizedTest
  @EnumSource(SimBug.class)
  void isCaught(SimBug bug) {
    Stream<Predicate<SimBug>> faults =
        cases.stream().map(each -> (Predicate<SimBug>) b -> breaks(each, b));
    Stream<Predicate<SimBug>> schedules =
        LongStream.range(0, SCHEDULES)
            .mapToObj(seed -> (Predicate<SimBug>) b -> breaks(new Schedule(scenarios, seed), b));
    boolean first = bug == SimBug.NO_TOKEN_CHECK;
    Stream<Predicate<SimBug>> tries = first ? schedules : Stream.concat(faults, schedules);
    assertThat(tries.anyMatch(each -> each.test(bug))).as("caught").isTrue();
  }

  private static boolean breaks(Case one, SimBug bug) {
    return breaks(() -> one.run(Trial.SILENT, bug));
  }

  private static boolean breaks(Schedule one, SimBug bug) {
    return breaks(() -> one.run(Trial.SILENT, bug));
  }

  private static boolean breaks(Runnable one) {
    try {
      one.run();
      return false;
    } catch (Violation | RuntimeException e) {
      return true;
    }
  }
}
