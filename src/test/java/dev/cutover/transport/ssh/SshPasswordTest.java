package dev.cutover.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutover.error.HostRefusedException;
import dev.cutover.testkit.server.MinaServer;
import dev.cutover.transport.Connection;
import dev.cutover.transport.Credentials;
import dev.cutover.transport.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may log in, by password; Apache MINA SSHD needs no PAM for it. */
@Timeout(60)
class SshPasswordTest {

  static SshOptions options(MinaServer server, String password) {
    Credentials credentials =
        new Credentials(
            Optional.empty(),
            Optional.of(new Secret(password)),
            Optional.empty(),
            Optional.empty());
    return SshOptions.defaults()
        .withHome(Path.of("/nonexistent"), Map.of())
        .withKnownHosts(List.of(server.knownHosts()))
        .withCredentials(target -> credentials);
  }

  private static void works(Path directory, Consumer<SshServer> setup) {
    try (MinaServer server = MinaServer.start(directory, setup);
        Connection connection =
            new SshConnector(options(server, MinaServer.PASSWORD)).open(server.target(directory))) {
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
              () -> new SshConnector(options(server, "hunter2")).open(server.target(directory)));

      assertThat(refused).hasMessageContaining("wrong password").hasMessageNotContaining("hunter2");
      assertThat(refused.next()).contains("CUTOVER_PASSWORD");
      assertThat(tries).hasValueLessThanOrEqualTo(2);
    }
  }
}
