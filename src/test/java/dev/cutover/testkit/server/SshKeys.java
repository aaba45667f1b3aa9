package dev.cutover.testkit.server;

import dev.cutover.testkit.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys made by {@code ssh-keygen} (Debian: openssh-client). */
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
}
