package dev.cutover.proof.capistrano;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.proof.Proof;
import dev.cutover.proof.capistrano.Examiner.After;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same questions to Capistrano and to us. A few seeded kills in the ordinary build; everything
 * with {@code -Dproof=full}, whose table stands in docs/reliability.md. {@code -Dproof.seed=N}
 * chooses the same kills again.
 */
@Tag("proof")
@Order(3)
class SideBySideTest {

  private static final boolean FULL = Proof.full();

  /** How many hosts a tool works on at once: it waits more than it works. */
  private static final int HOSTS = FULL ? 4 : 1;

  private final Path temp;
  private final long seed = Long.getLong("proof.seed", new Random().nextInt(1_000_000));
  private final AtomicInteger hosts = new AtomicInteger();

  SideBySideTest(@TempDir Path temp) throws IOException {
    this.temp = temp.toRealPath();
  }

  /** Questions asked of a tool on a host of its own. */
  @FunctionalInterface
  private interface Part {
    void ask(Examiner examiner) throws IOException, InterruptedException;
  }

  /** Opens a host with a tool. */
  @FunctionalInterface
  private interface Opening {
    DeployStage open(Path directory) throws IOException;
  }

  @Test
  void whatGoesWrongWithCapistranoDoesNotWithUs() throws Exception {
    say("seed " + seed);
    Answers theirs = new Answers();
    Answers ours = new Answers();
    List<Callable<Void>> work = new ArrayList<>();
    List<Part> questions = FULL ? parts(true) : List.of(Examiner::killedFirstDeploy);
    questions.forEach(part -> work.add(() -> ask(this::theirs, part, theirs)));
    parts(false).forEach(part -> work.add(() -> ask(this::ours, part, ours)));
    ExecutorService pool = Executors.newFixedThreadPool(2 * HOSTS);
    try {
      for (Future<Void> done : pool.invokeAll(work)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
    say(Answers.table(theirs, ours));
    assertThat(ours.cases()).as("seed " + seed).isEmpty();
    // What is known of theirs shows that the checker can see it.
    assertThat(theirs.of(Question.LEFT_BEHIND).so()).as("seed " + seed).isPositive();
  }

  private Void ask(Opening opening, Part part, Answers into)
      throws IOException, InterruptedException {
    Path directory = Files.createDirectories(temp.resolve("host" + hosts.incrementAndGet()));
    try (DeployStage stage = opening.open(directory)) {
      part.ask(new Examiner(stage, seed, into, SideBySideTest::say));
    }
    return null;
  }

  private DeployStage theirs(Path directory) throws IOException {
    KillSwitch host = KillSwitch.start(directory, KillSwitch.Grain.COMMANDS);
    Capistrano cap = Capistrano.project(directory, directory.resolve("srv"), host.server());
    return new DeployStage(directory.resolve("copies"), host, cap.with(Examiner.trees()));
  }

  private DeployStage ours(Path directory) throws IOException {
    KillSwitch host = KillSwitch.start(directory, KillSwitch.Grain.TOOLS);
    return new DeployStage(
        directory.resolve("copies"),
        host,
        new Cutover(directory, directory.resolve("srv"), host.server()));
  }

  /**
   * Theirs gets every question at each place. We have three times as many places, and get one of
   * three questions at each, so that the counts are alike.
   */
  private List<Part> parts(boolean theirs) {
    if (!FULL) {
      return List.of(
          examiner -> {
            kills(examiner, theirs, 0);
            examiner.failedHealth();
            examiner.fiveFailures();
          });
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < HOSTS; i++) {
      int share = i;
      parts.add(examiner -> kills(examiner, theirs, share));
    }
    parts.add(Examiner::failedHealth);
    parts.add(Examiner::fiveFailures);
    parts.add(Examiner::fullDisk);
    parts.add(examiner -> examiner.crowd(6));
    return parts;
  }

  /** Every {@link #HOSTS}th place, from {@code share} on; in the ordinary build a few. */
  private static void kills(Examiner examiner, boolean theirs, int share)
      throws IOException, InterruptedException {
    List<Kill> deploys = examiner.twoReleases();
    List<After> after = List.of(After.values());
    int turn = examiner.any(List.of(0, 1, 2));
    for (Kill kill : share(examiner, deploys, share, after.size())) {
      Set<After> asked =
          theirs ? EnumSet.allOf(After.class) : Set.of(after.get(turn++ % after.size()));
      examiner.killedDeploy(kill, examiner.any(deploys), asked);
    }
    List<Kill> rollbacks = examiner.threeReleases();
    for (Kill kill : share(examiner, rollbacks, share, 1)) {
      examiner.killedRollback(kill);
    }
    say("%d places in a deploy, %d in a rollback".formatted(deploys.size(), rollbacks.size()));
  }

  private static List<Kill> share(Examiner examiner, List<Kill> all, int share, int few) {
    return FULL
        ? IntStream.range(0, all.size()).filter(i -> i % HOSTS == share).mapToObj(all::get).toList()
        : examiner.some(all, few);
  }

  private static void say(String text) {
    System.out.println(text);
  }
}
