package dev.cutover.proof.openssh;

import dev.cutover.testkit.Jvm;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Starts {@link GoalClient}s fast: the classes in jars, with an archive of what one run of it
 * loaded. Class data sharing takes no directories.
 */
public final class ClientJvm {

  private static final String MOMENT = "moment ";

  private final Path directory;
  private final String classPath;
  private final Path archive;

  public ClientJvm(Path directory) {
    this.directory = directory;
    this.archive = directory.resolve("client.jsa");
    List<String> entries = new ArrayList<>();
    for (String entry : Jvm.classPath().split(File.pathSeparator, -1)) {
      entries.add(
          Files.isDirectory(Path.of(entry))
              ? jar(Path.of(entry), directory.resolve("classes" + entries.size() + ".jar"))
              : entry);
    }
    classPath = String.join(File.pathSeparator, entries);
  }

  private static String jar(Path classes, Path jar) {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, entries);
        entries.closeEntry();
      }
      return jar.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a client to its end, and keeps what it loaded for those that follow.
   *
   * @return what went on at each moment of its run
   */
  public List<String> train(GoalClient.Order order) {
    Path output = directory.resolve("train.out");
    Process process = start(order, output, "-XX:ArchiveClassesAtExit=" + archive);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return HostTree.text(output)
        .lines()
        .filter(line -> line.startsWith(MOMENT))
        .map(line -> line.substring(MOMENT.length()))
        .toList();
  }

  /** Starts a client whose output goes to a file. */
  public Process start(GoalClient.Order order, Path output) {
    return start(order, output, "-XX:SharedArchiveFile=" + archive);
  }

  private Process start(GoalClient.Order order, Path output, String sharing) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Jvm.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx64m",
                "-Xlog:disable",
                "-Xlog:all=off",
                sharing,
                "-cp",
                classPath,
                GoalClient.class.getName()));
    command.addAll(order.arguments());
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
