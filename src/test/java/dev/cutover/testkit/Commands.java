package dev.cutover.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Commands of this machine that a test needs. */
public final class Commands {

  private Commands() {}

  /** How one ended, and all it said. */
  public record Ended(int status, String said) {
    public boolean ok() {
      return status == 0;
    }
  }

  /** Runs one to its end; one that does not exist ends as a shell would have it. */
  public static Ended run(String... command) {
    return run(List.of(command));
  }

  public static Ended run(List<String> command) {
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

  /** Runs one that must go well, and answers what it said. */
  public static String must(String... command) {
    return must(List.of(command));
  }

  public static String must(List<String> command) {
    Ended ended = run(command);
    if (!ended.ok()) {
      throw new IllegalStateException(
          String.join(" ", command) + ": " + ended.status() + " " + ended.said());
    }
    return ended.said();
  }

  /** Runs a script that must go well; its arguments are {@code $1} and so on. */
  public static String sh(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    return must(command);
  }
}
