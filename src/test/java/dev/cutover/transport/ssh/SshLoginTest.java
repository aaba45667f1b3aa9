package dev.cutover.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutover.domain.Target;
import dev.cutover.error.CutoverException;
import dev.cutover.error.HostLostException;
import dev.cutover.error.HostRefusedException;
import dev.cutover.testkit.server.ClosedPort;
import dev.cutover.testkit.server.OpenSshServer;
import dev.cutover.testkit.server.SshKeys;
import dev.cutover.transport.Connection;
import dev.cutover.transport.Credentials;
import dev.cutover.transport.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may log in, by key, against a real OpenSSH server. */
@Timeout(600)
class SshLoginTest {

  private static OpenSshServer server;

  private Path home;
  private Path ssh;

  @BeforeAll
  static void serve(@TempDir Path directory) {
    server = OpenSshServer.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    home = directory;
    ssh = Files.createDirectory(directory.resolve(".ssh"));
  }

  private SshOptions options(Credentials credentials) {
    return SshOptions.defaults()
        .withHome(home, Map.of())
        .withKnownHosts(List.of(server.knownHosts()))
        .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(5))
        .withCredentials(target -> credentials);
  }

  private static Credentials key(String key, String... passphrase) {
    return new Credentials(
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Secret(key)),
        List.of(passphrase).stream().findFirst().map(Secret::new));
  }

  private void works(SshOptions options) {
    try (Connection connection = new SshConnector(options).open(server.target(home))) {
      assertThat(connection.run("exit 5\n", Duration.ofSeconds(10), line -> {}).status())
          .hasValue(5);
    }
  }

  private HostRefusedException refused(SshOptions options) {
    return catchThrowableOfType(
        HostRefusedException.class,
        () -> new SshConnector(options).open(server.target(home)).close());
  }

  private static void authorize(Path key) throws IOException {
    String line = Files.readString(key.resolveSibling(key.getFileName() + ".pub"));
    Files.writeString(server.authorizedKeys(), line, StandardOpenOption.APPEND);
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519,,RFC4716",
    "ecdsa,,RFC4716",
    "rsa,,RFC4716",
    "ecdsa,,PEM",
    "rsa,,PEM",
    "rsa,,PKCS8",
    "ed25519,a pass phrase,RFC4716",
    "ecdsa,geheim,PEM",
    "rsa,geheim,PEM",
    "rsa,geheim,RFC4716"
  })
  void everyKindOfKeyOpens(String type, String passphrase, String format) throws IOException {
    String secret = passphrase == null ? "" : passphrase;
    Path file =
        SshKeys.generate(home.resolve("key"), "-t", type, "-N", secret, "-m", format, "-a", "2");
    authorize(file);

    works(options(key(file.toString(), secret)));
    works(options(key(Files.readString(file).strip(), secret)));
  }

  @Test
  void theDefaultFilesAreTriedWhenNothingIsSaid() throws IOException {
    authorize(SshKeys.generate(ssh.resolve("id_ecdsa"), "-t", "ecdsa", "-N", ""));
    SshKeys.generate(ssh.resolve("id_ed25519"), "-t", "ed25519", "-N", "locked", "-a", "1");

    works(options(Credentials.NONE));
  }

  @Test
  void aConfiguredIdentityFileIsUsed() throws IOException {
    Files.writeString(ssh.resolve("config"), "Host 127.*\n  IdentityFile \"%d/of %r\"\n");
    authorize(SshKeys.generate(home.resolve("of " + server.user())));

    works(options(Credentials.NONE));
  }

  @Test
  void anAgentSigns() throws Exception {
    Path socket = home.resolve("agent");
    Process agent =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("agent.log").toFile())
            .start();
    try {
      while (!Files.exists(socket)) {
        Thread.sleep(10);
      }
      Path key = SshKeys.generate(home.resolve("agent-key"));
      authorize(key);
      for (Path loaded : List.of(SshKeys.generate(home.resolve("other")), key)) {
        ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", loaded.toString());
        add.environment().put("SSH_AUTH_SOCK", socket.toString());
        assertThat(add.start().waitFor()).isZero();
      }
      works(options(Credentials.NONE).withHome(home, Map.of("SSH_AUTH_SOCK", socket.toString())));
    } finally {
      agent.destroy();
      assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aMissingPassphraseIsSaidBeforeAnythingIsTried() {
    Path file = SshKeys.generate(home.resolve("key"), "-t", "ed25519", "-N", "geheim", "-a", "1");

    HostRefusedException refused = refused(options(key(file.toString())));

    assertThat(refused).hasMessageContaining("encrypted and no passphrase");
    assertThat(refused.next()).contains("CUTOVER_PASSPHRASE");
  }

  @Test
  void aWrongPassphraseIsSaid() {
    Path file = SshKeys.generate(home.resolve("key"), "-t", "ed25519", "-N", "geheim", "-a", "1");

    HostRefusedException refused = refused(options(key(file.toString(), "daneben")));

    assertThat(refused).hasMessageContaining("wrong passphrase");
    assertThat(everything(refused)).doesNotContain("daneben");
  }

  @Test
  void aMangledKeyIsNeverShown() {
    HostRefusedException refused = refused(options(key("b3BlbnNzaC1rZXktdjEAAAAA")));

    assertThat(refused.next()).contains("CUTOVER_PRIVATE_KEY");
    assertThat(everything(refused)).doesNotContain("b3BlbnNzaC1rZXk");
    assertThat(everything(refused(options(key("-----BEGIN OPENSSH PRIVATE KEY-----\nQUJD\n")))))
        .doesNotContain("QUJD");
  }

  @Test
  void noKeyAtAllIsSaidWithWhatWasLockedAway() {
    SshKeys.generate(ssh.resolve("id_ed25519"), "-t", "ed25519", "-N", "x1234", "-a", "1");

    HostRefusedException refused = refused(options(Credentials.NONE));

    assertThat(refused).hasMessageContaining("no usable key or password");
    assertThat(refused).hasMessageContaining("id_ed25519 needs a passphrase");
  }

  @Test
  void aRefusedKeyIsNamed() {
    Path file = SshKeys.generate(ssh.resolve("id_ed25519"));

    HostRefusedException refused = refused(options(Credentials.NONE));

    assertThat(refused).hasMessageContaining("was refused; tried: " + file);
    assertThat(refused.next()).contains("authorized_keys");
  }

  @Test
  void anAddressWithoutAServerIsALostHost() {
    try (ClosedPort closed = new ClosedPort()) {
      Target.Ssh nowhere =
          new Target.Ssh(
              "127.0.0.1",
              Optional.of("nobody"),
              OptionalInt.of(closed.number()),
              server.target(home).root(),
              "sftp://nowhere/");
      SshConnector connector = new SshConnector(options(key(server.key().toString())));

      assertThat(catchThrowableOfType(HostLostException.class, () -> connector.open(nowhere)))
          .hasMessageContaining("refused the connection");
    }
  }

  @Test
  void aNameWithoutAnAddressIsSaid() {
    Target.Ssh nowhere =
        new Target.Ssh(
            "no-such-host.invalid",
            Optional.empty(),
            OptionalInt.empty(),
            server.target(home).root(),
            "sftp://nowhere/");
    SshConnector connector = new SshConnector(options(key(server.key().toString())));

    assertThat(catchThrowableOfType(CutoverException.class, () -> connector.open(nowhere)))
        .hasMessageContaining("no address is known");
  }

  private static String everything(Throwable failure) {
    List<String> said = new ArrayList<>();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      said.add(at.toString());
    }
    return String.join("\n", said);
  }
}
