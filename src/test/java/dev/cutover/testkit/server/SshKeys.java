package dev.cutover.testkit.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
    run(command.toArray(new String[0]));
    return file;
  }

  /** Runs a tool to its end and answers what it printed. */
  public static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
