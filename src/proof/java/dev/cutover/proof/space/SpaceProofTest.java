package dev.cutover.proof.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that fills up, runs out of inodes, turns read-only, or holds what may not be changed,
 * before each operation of a release and of one that is taken back. It is never called a success
 * when it is none, what was live stays live and whole, the cause is named, and with room again the
 * same goal releases and leaves nothing behind. {@code -Dproof.case} chooses by the words of a
 * case.
 */
@Tag("proof")
class SpaceProofTest {

  private static final int SAMPLE = 12;

  @Test
  void aDiskThatTakesNoMoreIsNamedAndSurvivedAtEveryOperation(@TempDir Path work)
      throws IOException {
    // Another user must come through.
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx--x--x"));
    Path mount = work.resolve("disk");
    assumeTrue(SmallDisk.possible(mount), "needs root, to mount small file systems");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv (Debian: util-linux)");
    Proof proof = Proof.named("space");
    List<String> problems = new ArrayList<>();
    try (SmallDisk disk = SmallDisk.mount(mount)) {
      SpaceProof space = new SpaceProof(disk, work);
      space.prepare();
      String wanted = System.getProperty("proof.case", "");
      List<SpaceCase> grid =
          space.grid().stream().filter(tried -> tried.toString().contains(wanted)).toList();
      List<SpaceCase> chosen = proof.share(grid, SAMPLE);
      for (SpaceCase tried : chosen) {
        List<String> wrong = space.run(tried);
        wrong.forEach(System.out::println);
        if (Proof.full()) {
          System.out.printf("%s%s%n", tried, wrong.isEmpty() ? "" : ": violated");
        }
        problems.addAll(wrong);
      }
      proof.figures(
          "%d of %d cases, %d of them without effect, %d violations, the squeezed releases ended %s"
              .formatted(
                  chosen.size(), grid.size(), space.spared(), problems.size(), space.outcomes()));
      assertThat(space.spared()).isLessThanOrEqualTo(1 + chosen.size() / 20);
    }
    assertThat(problems).as(proof.seed()).isEmpty();
  }
}
