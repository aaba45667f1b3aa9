package dev.cutover.proof.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.proof.Proof;
import dev.cutover.proof.openssh.ClientJvm;
import dev.cutover.proof.openssh.Reach;
import dev.cutover.testkit.server.OpenSshServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One winner a token, and no two at work at once. A few rounds in the ordinary build; all of them
 * with {@code -Dproof=full}; {@code -Dproof.seed=…} makes the same choices, {@code
 * -Dproof.rounds=10} takes so many rounds.
 */
@Tag("proof")
class ConcurrencyProofTest {

  private static final int DEPLOYERS = 10;

  private final boolean full = Proof.full();
  private final long seed = Long.getLong("proof.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void ofTenDeployersAtOnceOneWorksAtATime(@TempDir Path temp) throws Exception {
    Path directory = temp.toRealPath();
    try (OpenSshServer server =
        OpenSshServer.start(
            Files.createDirectories(directory.resolve("sshd")), "MaxStartups 100")) {
      int rounds = Integer.getInteger("proof.rounds", full ? 50 : 1);
      Path near = directory.resolve("near");
      Path far = directory.resolve("far");
      Crowd here = new Crowd(Reach.local(near), directory.resolve("work-near"), DEPLOYERS);
      Crowd there = new Crowd(Reach.of(server, far), directory.resolve("work-far"), DEPLOYERS);
      for (int i = 0; i < rounds; i++) {
        here.round(i, random);
        there.round(i, random);
        if ((i + 1) % 10 == 0) {
          System.out.printf("Concurrency: %d of %d rounds%n", 2 * (i + 1), 2 * rounds);
        }
      }
      List<String> violations = new ArrayList<>(here.violations());
      violations.addAll(there.violations());
      System.out.printf(
          "Concurrency: %d deployers, %d rounds, %d released, %d refused, %d violations; seed %d%n",
          DEPLOYERS,
          2 * rounds,
          here.released() + there.released(),
          here.refused() + there.refused(),
          violations.size(),
          seed);
      assertThat(violations).isEmpty();
    }
  }

  @Test
  void whoWakesAfterATakeoverChangesNothingAndSaysSo(@TempDir Path temp) throws Exception {
    Path directory = temp.toRealPath();
    try (OpenSshServer server =
        OpenSshServer.start(
            Files.createDirectories(directory.resolve("sshd")), "MaxStartups 100")) {
      Path work = Files.createDirectories(directory.resolve("work"));
      ClientJvm jvm = new ClientJvm(Files.createDirectories(directory.resolve("jvm")));
      Takeover takeover = new Takeover(server, directory.resolve("srv"), work, jvm);
      takeover.release("v1");
      List<String> moments = jvm.train(takeover.order("v2", 0));
      int first = 1 + moments.indexOf("after a script");
      int rounds = Integer.getInteger("proof.rounds", full ? 50 : 2);
      for (int i = 0; i < rounds; i++) {
        int moment = first + random.nextInt(moments.size() - first);
        Takeover.Sign sign = i % 2 == 0 ? Takeover.Sign.HOLDER_GONE : Takeover.Sign.NO_BEAT;
        takeover.round(i, moment, sign);
      }
      System.out.printf(
          "Takeover: %d rounds, %d woke to find another, %d violations; seed %d%n",
          rounds, takeover.woken(), takeover.violations().size(), seed);
      assertThat(takeover.violations()).isEmpty();
    }
  }
}
