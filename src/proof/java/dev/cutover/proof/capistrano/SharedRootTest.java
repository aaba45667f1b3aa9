package dev.cutover.proof.capistrano;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Capistrano and we by turns on one root; each must choose right after the other. */
@Tag("proof")
class SharedRootTest {

  private final Path temp;
  private final Path root;

  SharedRootTest(@TempDir Path temp) throws IOException {
    this.temp = temp.toRealPath();
    root = this.temp.resolve("srv");
  }

  @Test
  void eachToolChoosesRightAfterTheOther() throws Exception {
    try (KillSwitch host = KillSwitch.start(temp, KillSwitch.Grain.COMMANDS)) {
      Deployer cap =
          Capistrano.project(temp, root, host.server())
              .with(IntStream.rangeClosed(1, 7).mapToObj(VersionTree::good).toList());
      Deployer we = new Cutover(temp, root, host.server());
      cap.prepare();

      does(host, cap, Verb.DEPLOY, 1, 1);
      does(host, cap, Verb.DEPLOY, 2, 2);
      // Adopted, with what was live before by Capistrano's own log.
      does(host, we, Verb.ROLLBACK, 0, 1);
      does(host, we, Verb.DEPLOY, 3, 3);
      does(host, cap, Verb.ROLLBACK, 0, 1);
      does(host, we, Verb.DEPLOY, 4, 4);
      does(host, we, Verb.DEPLOY, 5, 5);
      does(host, we, Verb.ROLLBACK, 0, 4);
      // By modification time; what we left has stepped behind.
      does(host, cap, Verb.ROLLBACK, 0, 1);
      does(host, cap, Verb.DEPLOY, 6, 6);
      does(host, we, Verb.ROLLBACK, 0, 1);
      // It keeps one, and the live one if it knows it by its link.
      does(host, cap, Verb.CLEANUP, 0, 1);
      assertThat(cap.site().releases()).containsExactlyInAnyOrder("good1", "good6");
      assertThat(cap.site().leftovers()).isEmpty();
      does(host, we, Verb.DEPLOY, 7, 7);
    }
  }

  private static void does(KillSwitch host, Deployer tool, Verb verb, int version, int serves)
      throws IOException, InterruptedException {
    boolean ok = host.run(tool, verb, VersionTree.good(version));
    assertThat(ok).as(tool.name() + " " + verb + " " + version + ": " + host.said()).isTrue();
    assertThat(tool.site().served())
        .as(tool.name() + " " + verb + " " + version)
        .isEqualTo(VersionTree.good(serves).name());
  }
}
