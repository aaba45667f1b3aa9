package dev.cutover.app;

import dev.cutover.domain.Command;
import dev.cutover.error.CutoverException;
import dev.cutover.step.CommandFailedException;
import dev.cutover.step.LocalCommands;
import dev.cutover.transport.OpResult;
import dev.cutover.transport.Stop;
import dev.cutover.transport.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The user's commands on this machine, by its own shell; ended with all it started when late. */
final class ShellHere implements LocalCommands {

  private final Stop stop;

  ShellHere(Stop stop) {
    this.stop = stop;
  }

  @Override
  public void run(
      Command command, Path directory, Map<String, String> environment, Consumer<String> output) {
    try {
      Process process = start(command, directory, environment);
      try {
        process.getOutputStream().close();
        Thread reader = new Thread(() -> read(process, output), "cutover-local-output");
        reader.setDaemon(true);
        reader.start();
        long deadline = System.nanoTime() + command.timeout().toNanos();
        while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
          stop.check("this machine");
          if (System.nanoTime() - deadline > 0) {
            throw failed(
                command,
                "was ended after its timeout of " + command.timeout().toSeconds() + "s",
                OpResult.TIMED_OUT);
          }
        }
        reader.join(1000);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      if (process.exitValue() != 0) {
        throw failed(command, "exited " + process.exitValue(), process.exitValue());
      }
    } catch (IOException e) {
      throw new CutoverException(
          "cannot run `" + command.title() + "` here: " + e.getMessage(), "", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CutoverException("interrupted while running `" + command.title() + "` here", "", e);
    }
  }

  private static Process start(Command command, Path directory, Map<String, String> environment)
      throws IOException {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
    ProcessBuilder builder =
        new ProcessBuilder(
                windows
                    ? List.of("cmd", "/c", command.run())
                    : List.of("/bin/sh", "-c", command.run()))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    Surroundings.withoutOurs(builder.environment());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static void read(Process process, Consumer<String> output) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.accept(line);
      }
    } catch (IOException e) {
      // The process was ended while it was writing; what it wrote so far has been heard.
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static CommandFailedException failed(Command command, String how, int status) {
    return new CommandFailedException("`" + command.title() + "`, run here, " + how, status);
  }
}
