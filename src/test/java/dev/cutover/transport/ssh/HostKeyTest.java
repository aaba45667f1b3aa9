package dev.cutover.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutover.error.HostRefusedException;
import dev.cutover.testkit.Commands;
import dev.cutover.testkit.server.OpenSshServer;
import dev.cutover.testkit.server.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which host keys are trusted, against a real OpenSSH server. */
@Timeout(600)
class HostKeyTest {

  private final List<String> notices = new ArrayList<>();
  private Path directory;
  private Path known;
  private OpenSshServer server;

  @BeforeEach
  void start(@TempDir Path scratch) throws IOException {
    directory = scratch;
    known = scratch.resolve("new").resolve("known_hosts");
    server = OpenSshServer.start(Files.createDirectory(scratch.resolve("sshd")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SshOptions options(Path file) {
    return server.options().withKnownHosts(List.of(file)).withNotices(notices::add);
  }

  private void works(SshOptions options) {
    new SshConnector(options).open(server.target(directory)).close();
  }

  private HostRefusedException refused(SshOptions options) {
    return catchThrowableOfType(HostRefusedException.class, () -> works(options));
  }

  private String fingerprint() {
    return Commands.must("ssh-keygen", "-l", "-f", server.hostKey().toString()).split(" ", -1)[1];
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("k"), text);
  }

  private String name() {
    return "[127.0.0.1]:" + server.port();
  }

  @Test
  void anUnknownHostIsRefusedWithItsFingerprintAndTwoWays() {
    HostRefusedException refused = refused(options(known));

    assertThat(refused).hasMessageContaining("not known").hasMessageContaining(fingerprint());
    assertThat(refused.next())
        .contains("ssh-keyscan -p " + server.port() + " -H 127.0.0.1 >> " + known)
        .contains("-Ddeploy.trustOnFirstUse");
    assertThat(known).doesNotExist();
  }

  @Test
  void trustOnFirstUseWritesTheKeyDownOnce() throws IOException {
    works(options(known).withTrustOnFirstUse(true));

    assertThat(notices).hasSize(1).first().asString().contains(fingerprint(), known.toString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(known)))
        .isEqualTo("rw-------");
    notices.clear();
    works(options(known));
    assertThat(notices).isEmpty();
    assertThat(Files.readAllLines(known)).hasSize(1);
  }

  @Test
  void anEntryIsAppendedBehindALineWithoutAnEnd() throws IOException {
    Path file = file("other ssh-ed25519 AAAA");

    works(options(file).withTrustOnFirstUse(true));

    assertThat(Files.readAllLines(file)).hasSize(2);
    works(options(file));
  }

  @Test
  void aChangedKeyIsFatalEvenWithTrustOnFirstUse() throws IOException {
    SshKeys.generate(directory.resolve("old"));
    String old = Files.readString(directory.resolve("old.pub"));
    Path file = file("# mine\n" + name() + " " + old);

    HostRefusedException refused = refused(options(file).withTrustOnFirstUse(true));

    assertThat(refused)
        .hasMessageContaining("HAS CHANGED")
        .hasMessageContaining(fingerprint())
        .hasMessageContaining(
            Commands.must("ssh-keygen", "-l", "-f", directory.resolve("old.pub").toString())
                .split(" ", -1)[1])
        .hasMessageContaining(file + " line 2");
    assertThat(Files.readString(file)).endsWith(old);
  }

  @Test
  void aKnownKeyOfATypeTheServerNoLongerShowsIsAChange() throws IOException {
    SshKeys.generate(directory.resolve("old"), "-t", "ecdsa", "-N", "");
    Path file = file(name() + " " + Files.readString(directory.resolve("old.pub")));

    assertThat(refused(options(file).withTrustOnFirstUse(true)))
        .hasMessageContaining("HAS CHANGED");
  }

  @Test
  void aHashedEntryIsTrusted() throws IOException {
    Path file = file(name() + " " + Files.readString(server.hostKey()));
    Commands.must("ssh-keygen", "-q", "-H", "-f", file.toString());

    works(options(file));
  }

  @Test
  void aRevokedKeyIsRefused() throws IOException {
    String key = Files.readString(server.hostKey());
    Path file = file(name() + " " + key + "@revoked * " + key);

    assertThat(refused(options(file).withTrustOnFirstUse(true)))
        .hasMessageContaining("revoked")
        .hasMessageContaining(file + " line 2");
  }

  @Test
  void aCertificateOfAnAuthorityIsTrusted() throws IOException {
    Path authority = SshKeys.generate(directory.resolve("ca"));
    Path key = directory.resolve("sshd").resolve("host_ed25519");
    Commands.must(
        "ssh-keygen",
        "-q",
        "-s",
        authority.toString(),
        "-I",
        "host",
        "-h",
        "-n",
        "127.0.0.1",
        key + ".pub");
    server.close();
    server = OpenSshServer.start(directory.resolve("sshd"), "HostCertificate " + key + "-cert.pub");
    String ca = Files.readString(directory.resolve("ca.pub"));

    works(options(file("@cert-authority [127.0.0.1]:* " + ca)));
    assertThat(refused(options(file("@cert-authority other " + ca))))
        .hasMessageContaining("not known");
    assertThat(refused(options(file("@cert-authority * " + ca + "@revoked * " + ca))))
        .hasMessageContaining("revoked");
  }
}
