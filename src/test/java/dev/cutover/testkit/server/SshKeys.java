package dev.cutover.testkit.server;

import dev.cutover.testkit.Commands;
import dev.cutover.transport.Credentials;
import dev.cutover.transport.Secret;
import dev.cutover.transport.ssh.SshOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys made by {@code ssh-keygen} (Debian: openssh-client), and what logs in with one. */
public final class SshKeys {

  private SshKeys() {}

  /** An ed25519 key without a passphrase. */
  public static Path generate(Path file) {
    return generate(file, "-t", "ed25519", "-N", "");
  }

  public static Path generate(Path file, String... options) {
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-f", file.toString()));
    command.addAll(List.of(options));
    Commands.must(command);
    return file;
  }

  /** Of somebody who has this key, knows these hosts, and has no settings of a home. */
  public static SshOptions login(Path key, Path knownHosts) {
    Credentials credentials =
        new Credentials(
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Secret(key.toString())),
            Optional.empty());
    return SshOptions.defaults()
        .withHome(Path.of("/nonexistent"), Map.of())
        .withKnownHosts(List.of(knownHosts))
        .withCredentials(target -> credentials);
  }
}
