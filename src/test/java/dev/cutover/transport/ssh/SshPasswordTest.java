package dev.cutover.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutover.error.HostRefusedException;
import dev.cutover.testkit.server.MinaServer;
import dev.cutover.transport.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may log in, by password; Apache MINA SSHD needs no PAM for it. */
@Timeout(600)
class SshPasswordTest {

  private static void works(Path directory, Consumer<SshServer> setup) {
    try (MinaServer server = MinaServer.start(directory, setup);
        Connection connection =
            new SshConnector(server.options(MinaServer.PASSWORD)).open(server.target(directory))) {
      assertThat(connection.run("exit 6\n", Duration.ofSeconds(10), line -> {}).status())
          .hasValue(6);
    }
  }

  @Test
  void aPasswordOpens(@TempDir Path directory) {
    works(directory, MinaServer::passwordOnly);
  }

  @Test
  void keyboardInteractiveOpens(@TempDir Path directory) {
    works(directory, MinaServer::keyboardOnly);
  }

  @Test
  void aWrongPasswordIsSaidAndTriedOnceAMethod(@TempDir Path directory) {
    AtomicInteger tries = new AtomicInteger();
    Consumer<SshServer> counting =
        server ->
            server.setPasswordAuthenticator(
                (user, password, session) -> {
                  tries.addAndGet(password.equals("hunter2") ? 1 : 0);
                  return false;
                });
    try (MinaServer server = MinaServer.start(directory, counting)) {
      HostRefusedException refused =
          catchThrowableOfType(
              HostRefusedException.class,
              () -> new SshConnector(server.options("hunter2")).open(server.target(directory)));

      assertThat(refused).hasMessageContaining("wrong password").hasMessageNotContaining("hunter2");
      assertThat(refused.next()).contains("CUTOVER_PASSWORD");
      assertThat(tries).hasValueLessThanOrEqualTo(2);
    }
  }
}
