package dev.cutover.proof.capistrano;

import dev.cutover.testkit.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Asks the questions of one tool. */
final class Examiner {

  private static final VersionTree ONE = VersionTree.good(1);
  private static final VersionTree TWO = VersionTree.good(2);
  private static final VersionTree THREE = VersionTree.good(3);
  private static final VersionTree FOUR = VersionTree.good(4);

  private final DeployStage stage;
  private final Random random;
  private final Answers answers;
  private final Consumer<String> progress;

  Examiner(DeployStage stage, long seed, Answers answers, Consumer<String> progress) {
    this.stage = stage;
    this.answers = answers;
    this.random = new Random(seed);
    this.progress = progress;
  }

  /** Every version the questions need. */
  static List<VersionTree> trees() {
    List<VersionTree> trees = new ArrayList<>();
    IntStream.rangeClosed(1, 20).mapToObj(VersionTree::good).forEach(trees::add);
    IntStream.rangeClosed(2, 6)
        .mapToObj(i -> new VersionTree(i, VersionTree.Kind.UNFIT))
        .forEach(trees::add);
    trees.add(new VersionTree(2, VersionTree.Kind.SICK));
    return trees;
  }

  /** Two good releases, kept as {@code two}, and the kills a third is put to. */
  List<Kill> twoReleases() throws IOException, InterruptedException {
    stage.clear();
    stage.mustDeploy(ONE);
    stage.mustDeploy(TWO);
    stage.keep("two");
    return stage.kills(Verb.DEPLOY, THREE);
  }

  /** What comes after a deploy that was killed. */
  enum After {
    RETRY,
    ROLLBACK,
    SECOND_KILL
  }

  /**
   * A deploy that is killed, and what may come of it.
   *
   * @param kill where
   * @param second where the second of two in a row is killed
   */
  void killedDeploy(Kill kill, Kill second, Set<After> after)
      throws IOException, InterruptedException {
    stage.back("two");
    stage.kill(Verb.DEPLOY, THREE, kill);
    stage.keep("killed");
    for (After next : after) {
      stage.back("killed");
      switch (next) {
        case RETRY -> retry(kill);
        case ROLLBACK -> rollback(kill);
        case SECOND_KILL -> again(kill, second);
      }
    }
  }

  private void rollback(Kill kill) throws IOException, InterruptedException {
    boolean goodWasLive = stage.site().serves(TWO);
    boolean ok = stage.rollback();
    boolean lost = goodWasLive && ok && !stage.site().serves(TWO) && !stage.site().has(TWO);
    ask(Question.GOOD_LOST, lost, kill);
  }

  private void again(Kill kill, Kill second) throws IOException, InterruptedException {
    stage.kill(Verb.DEPLOY, THREE, second);
    boolean ok = stage.rollback();
    ask(Question.TWICE_BROKEN, ok && !stage.site().whole(), kill + ", " + second);
  }

  /** The retry brings a version of its own, as it does after somebody looked into what happened. */
  private void retry(Kill kill) throws IOException, InterruptedException {
    boolean wasLive = stage.site().serves(THREE);
    boolean ok = stage.deploy(FOUR);
    ask(Question.RETRY_FAILS, !ok, kill);
    ask(Question.OTHER_VERSION, ok && !stage.site().serves(FOUR), kill);
    ask(Question.LEFT_BEHIND, !stage.site().leftovers().isEmpty(), kill);
    ok = stage.rollback();
    ask(Question.LATER_BROKEN, ok && !stage.site().whole(), kill);
    boolean before = stage.site().serves(TWO) || (wasLive && stage.site().serves(THREE));
    ask(Question.LATER_OTHER, ok && stage.site().whole() && !before, kill);
  }

  /** A first deploy that is killed while its release is being made, and its retry. */
  void killedFirstDeploy() throws IOException, InterruptedException {
    stage.clear();
    List<Kill> kills = stage.kills(Verb.DEPLOY, ONE);
    stage.clear();
    Kill kill =
        any(
            kills.stream()
                .filter(k -> k.what().matches(".*(> REVISION|ln -s [^ ]*/shared/).*"))
                .toList());
    stage.kill(Verb.DEPLOY, ONE, kill);
    boolean ok = stage.deploy(ONE);
    ask(Question.RETRY_FAILS, !ok, kill);
    ask(Question.LEFT_BEHIND, !stage.site().leftovers().isEmpty(), kill);
  }

  /** Three good releases, kept as {@code three}, and the kills a rollback is put to. */
  List<Kill> threeReleases() throws IOException, InterruptedException {
    stage.back("two");
    stage.mustDeploy(THREE);
    stage.keep("three");
    return stage.kills(Verb.ROLLBACK, TWO);
  }

  void killedRollback(Kill kill) throws IOException, InterruptedException {
    stage.back("three");
    stage.kill(Verb.ROLLBACK, TWO, kill);
    boolean ok = stage.rollback();
    ask(Question.TOO_FAR, ok && stage.site().serves(ONE), kill);
    ask(Question.RETRY_FAILS, !ok, kill);
  }

  void failedHealth() throws IOException, InterruptedException {
    VersionTree sick = new VersionTree(2, VersionTree.Kind.SICK);
    stage.clear();
    stage.mustDeploy(ONE);
    stage.deploy(sick);
    ask(Question.SICK_LIVE, stage.site().serves(sick), "");
    stage.mustDeploy(THREE);
    stage.rollback();
    ask(Question.SICK_AGAIN, stage.site().serves(sick), "");
  }

  /** Needs root, to mount a small file system. */
  void fullDisk() throws IOException, InterruptedException {
    Path root = Files.createDirectories(stage.site().root());
    Commands.must("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", root.toString());
    try {
      stage.clear();
      stage.mustDeploy(ONE);
      long free = Files.getFileStore(root).getUsableSpace();
      Path filler = root.resolve("filler");
      Commands.must("fallocate", "-l", Long.toString(free - 400_000), filler.toString());
      boolean second = stage.deploy(TWO);
      Files.delete(filler);
      if (second) {
        throw new IOException("the disk was not full enough");
      }
      stage.mustDeploy(THREE);
      boolean ok = stage.rollback();
      ask(Question.TRUNCATED, ok && !stage.site().whole(), "");
    } finally {
      Commands.must("umount", "-l", root.toString());
    }
  }

  void crowd(int rounds) throws IOException, InterruptedException {
    stage.clear();
    stage.mustDeploy(ONE);
    int mixed = 0;
    for (int round = 0; round < rounds; round++) {
      stage.together(IntStream.rangeClosed(11, 20).mapToObj(VersionTree::good).toList());
      List<String> now = stage.site().mixed();
      mixed += now.size();
      progress.accept("crowd " + round + ": " + stage.site().releases());
      stage.clear();
    }
    answers.add(Question.MIXED, mixed, rounds, "directories in " + rounds + " rounds");
  }

  void fiveFailures() throws IOException, InterruptedException {
    stage.clear();
    stage.mustDeploy(ONE);
    for (int i = 2; i <= 6; i++) {
      stage.deploy(new VersionTree(i, VersionTree.Kind.UNFIT));
    }
    stage.mustDeploy(VersionTree.good(7));
    ask(Question.GOOD_CLEANED, !stage.site().has(ONE), "");
  }

  /** At most so many of a list, by the seed, in their order. */
  <T> List<T> some(List<T> list, int most) {
    if (list.size() <= most) {
      return list;
    }
    List<T> shuffled = new ArrayList<>(list);
    Collections.shuffle(shuffled, random);
    List<T> chosen = shuffled.subList(0, most);
    return list.stream().filter(chosen::contains).toList();
  }

  /** One of a list, by the seed. */
  <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void ask(Question question, boolean so, Object where) throws IOException {
    answers.add(
        question,
        so,
        "%s: %s live of %s, left %s"
            .formatted(
                where, stage.site().served(), stage.site().releases(), stage.site().leftovers()));
    if (so) {
      progress.accept(question + " " + where);
    }
  }
}
