package dev.cutover.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.testkit.Commands;
import dev.cutover.testkit.server.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {

  private Path directory;
  private String first;
  private String second;
  private String otherType;

  @BeforeEach
  void start(@TempDir Path scratch) throws IOException {
    directory = scratch;
    first = publicKey("one", "ed25519");
    second = publicKey("two", "ed25519");
    otherType = publicKey("three", "ecdsa");
  }

  private String publicKey(String name, String type) throws IOException {
    Path file = SshKeys.generate(directory.resolve(name), "-t", type, "-N", "");
    String[] words = Files.readString(file.resolveSibling(name + ".pub")).split(" ", -1);
    return words[0] + " " + words[1];
  }

  private static byte[] blob(String key) {
    return Base64.getDecoder().decode(key.split(" ", -1)[1]);
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
  }

  private String judge(String key, HostName name, Path... files) {
    return new KnownHosts(List.of(files)).judge(name, blob(key)).getClass().getSimpleName();
  }

  @Test
  void aKeyIsKnownChangedOrUnknown() throws IOException {
    Path file = file("k", "# comment", "", "a.example.com,10.0.0.1 " + first + " note", "junk");
    HostName host = new HostName("A.example.com", 22);

    assertThat(judge(first, host, file)).isEqualTo("Known");
    assertThat(judge(first, new HostName("10.0.0.1", 22), file)).isEqualTo("Known");
    assertThat(judge(second, host, file)).isEqualTo("Changed");
    assertThat(judge(first, new HostName("b.example.com", 22), file)).isEqualTo("Unknown");
    assertThat(judge(first, host, directory.resolve("missing"))).isEqualTo("Unknown");
  }

  @Test
  void aKeyOfAnotherTypeIsNoNewHost() throws IOException {
    Path file = file("k", "a " + first);

    assertThat(judge(otherType, new HostName("a", 22), file)).isEqualTo("Changed");
  }

  @Test
  void theVerdictNamesFileAndLine() throws IOException {
    Path file = file("k", "# one", "a " + first);

    assertThat(new KnownHosts(List.of(file)).judge(new HostName("a", 22), blob(second)))
        .isInstanceOfSatisfying(
            KnownHosts.Verdict.Changed.class,
            changed -> assertThat(changed.by().where()).isEqualTo(file + " line 2"));
  }

  @Test
  void aPortIsPartOfTheName() throws IOException {
    Path file = file("k", "[a]:2222 " + first, "a " + second);

    assertThat(judge(first, new HostName("a", 2222), file)).isEqualTo("Known");
    assertThat(judge(second, new HostName("a", 2222), file)).isEqualTo("Changed");
    assertThat(judge(first, new HostName("a", 22), file)).isEqualTo("Changed");
    assertThat(judge(second, new HostName("a", 22), file)).isEqualTo("Known");
  }

  @Test
  void anEntryWithoutThePortVouchesButDoesNotContradict() throws IOException {
    Path file = file("k", "a " + first);

    assertThat(judge(first, new HostName("a", 2222), file)).isEqualTo("Known");
    assertThat(judge(second, new HostName("a", 2222), file)).isEqualTo("Unknown");
  }

  @Test
  void hashedNamesAreRead() throws IOException {
    Path file = file("k", "a.example.com " + first, "[b]:2222 " + second);
    Commands.must("ssh-keygen", "-q", "-H", "-f", file.toString());

    assertThat(Files.readString(file)).doesNotContain("example");
    assertThat(judge(first, new HostName("a.example.com", 22), file)).isEqualTo("Known");
    assertThat(judge(second, new HostName("a.example.com", 22), file)).isEqualTo("Changed");
    assertThat(judge(second, new HostName("b", 2222), file)).isEqualTo("Known");
    assertThat(judge(first, new HostName("c", 22), file)).isEqualTo("Unknown");
  }

  @Test
  void patternsAndSeveralFilesCount() throws IOException {
    Path one = file("k1", "*.example.com,!db.example.com " + first);
    Path two = file("k2", "db.example.com " + second);

    assertThat(judge(first, new HostName("x.example.com", 22), one, two)).isEqualTo("Known");
    assertThat(judge(first, new HostName("db.example.com", 22), one, two)).isEqualTo("Changed");
    assertThat(judge(second, new HostName("db.example.com", 22), one, two)).isEqualTo("Known");
  }

  @Test
  void aRevokedKeyIsRevokedWhateverElseIsSaid() throws IOException {
    Path file = file("k", "a " + first, "@revoked * " + first);

    assertThat(judge(first, new HostName("a", 22), file)).isEqualTo("Revoked");
    assertThat(judge(first, new HostName("b", 2222), file)).isEqualTo("Revoked");
  }

  @Test
  void anAuthorityIsNoHostKey() throws IOException {
    Path file = file("k", "@cert-authority * " + first);

    assertThat(judge(first, new HostName("a", 22), file)).isEqualTo("Unknown");
  }

  @Test
  void theFingerprintIsTheOneSshKeygenPrints() {
    String printed =
        Commands.must("ssh-keygen", "-l", "-f", directory.resolve("one.pub").toString());

    assertThat(printed).contains(HostKeys.fingerprint(blob(first)) + " ");
  }
}
