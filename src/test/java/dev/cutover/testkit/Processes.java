package dev.cutover.testkit;

import dev.cutover.testkit.time.Pause;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes that work below a root, whoever started them. */
public final class Processes {

  private Processes() {}

  /** What still works below a root after it had some seconds to end. */
  public static List<String> left(Path root) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
    List<String> below = below(root);
    while (!below.isEmpty() && System.nanoTime() < end) {
      Pause.millis(100);
      below = below(root);
    }
    return below;
  }

  /** Each with its working directory or a file open below the root, or told of it. */
  public static List<String> below(Path root) {
    List<String> found = new ArrayList<>();
    long own = ProcessHandle.current().pid();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        long pid = Long.parseLong(process.getFileName().toString());
        if (pid != own && works(process, root)) {
          found.add(pid + " " + command(process));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private static boolean works(Path process, Path root) {
    if (leads(process.resolve("cwd"), root)) {
      return true;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (leads(file, root)) {
          return true;
        }
      }
    } catch (IOException ended) {
      return false;
    }
    return command(process).contains(root + "/.cutover/runs");
  }

  private static boolean leads(Path link, Path root) {
    try {
      return Files.readSymbolicLink(link).startsWith(root);
    } catch (IOException ended) {
      return false;
    }
  }

  private static String command(Path process) {
    try {
      return Files.readString(process.resolve("cmdline")).replace('\0', ' ').strip();
    } catch (IOException ended) {
      return "";
    }
  }
}
