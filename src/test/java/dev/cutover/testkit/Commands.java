package dev.cutover.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Commands of this machine that a proof needs. */
public final class Commands {

  private Commands() {}

  /** How one ended, and all it said. */
  public record Ended(int status, String said) {}

  public static Ended run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Ended(process.waitFor(), said.strip());
    } catch (IOException e) {
      return new Ended(127, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** Runs one that must go well. */
  public static String must(String... command) {
    Ended ended = run(command);
    if (ended.status() != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + ": " + ended.status() + " " + ended.said());
    }
    return ended.said();
  }
}
