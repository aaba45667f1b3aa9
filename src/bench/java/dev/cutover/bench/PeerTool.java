package dev.cutover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs other programs to their end and times them. */
final class PeerTool {

  private PeerTool() {}

  /** Whether a program is on the PATH. */
  static boolean installed(String program) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Runs a command and answers how long it took. */
  static Duration time(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    run(directory, environment, command);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /**
   * Runs a command and answers what it printed.
   *
   * @throws IOException with its output when it fails
   */
  static String run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("cutover-bench", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      int status = process.waitFor();
      String said = Files.readString(output);
      if (status != 0) {
        throw new IOException("status " + status + " of " + command + ":\n" + said);
      }
      return said;
    } finally {
      Files.delete(output);
    }
  }
}
