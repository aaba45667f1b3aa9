package dev.cutover.proof.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.proof.Proof;
import dev.cutover.proof.power.PowerCheck;
import dev.cutover.proof.strace.StraceCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The harness is checked too: bugs are put into the host scripts, one at a time, and each must be
 * caught by the portion of a proof that is there for it, which finds nothing without the bug.
 */
@Tag("proof")
class SeededBugsInScriptsTest {

  private static final int SAMPLE = 3;

  @Test
  void everyBugIsCaught(@TempDir Path work) throws IOException {
    assumeTrue(StraceCheck.works(), "strace may not trace here: install the Debian package strace");
    Proof proof = Proof.named("seeded bugs");
    String refusal = PowerCheck.refusal(work);
    List<String> missed = new ArrayList<>();
    int caught = 0;
    for (ScriptBug bug : proof.share(selected(refusal), SAMPLE)) {
      Path place = work.resolve(bug.name());
      List<String> without =
          bug.catcher().problems(directory(place, "without"), UnaryOperator.identity());
      assertThat(without).as("%s, without the bug, %s", bug, proof.seed()).isEmpty();
      AtomicInteger patched = new AtomicInteger();
      List<String> found =
          bug.catcher().problems(directory(place, "with"), counted(bug.patch(), patched));
      assertThat(patched.get()).as("places where %s was put", bug).isPositive();
      if (found.isEmpty()) {
        missed.add(bug.name());
      } else {
        caught++;
        System.out.println("caught " + bug + ": " + found.get(0));
      }
    }
    proof.figures("%d of %d bugs caught".formatted(caught, caught + missed.size()));
    assertThat(missed).as(proof.seed()).isEmpty();
  }

  /** All of them; what needs a disk whose power can be cut, only where there is one. */
  private static List<ScriptBug> selected(String refusal) {
    String wanted = System.getProperty("proof.bug", "");
    List<ScriptBug> bugs = new ArrayList<>(ScriptBug.all());
    if (!refusal.isEmpty()) {
      System.out.println("needs root and loop devices: " + bugs.remove(0) + ": " + refusal);
    }
    return bugs.stream().filter(bug -> bug.name().startsWith(wanted)).toList();
  }

  private static UnaryOperator<String> counted(UnaryOperator<String> patch, AtomicInteger count) {
    return script -> {
      String changed = patch.apply(script);
      if (!changed.equals(script)) {
        count.incrementAndGet();
      }
      return changed;
    };
  }

  private static Path directory(Path place, String name) throws IOException {
    return Files.createDirectories(place.resolve(name));
  }
}
