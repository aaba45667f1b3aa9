package dev.cutover.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A release root and the project that released to it, as a {@code verify.groovy} looks at them. */
public final class ReleasedProject {
  private final Path project;
  private final Path root;

  /** The project in {@code basedir} that releases to its directory {@code host}. */
  public ReleasedProject(File basedir) {
    this(basedir, "host");
  }

  public ReleasedProject(File basedir, String root) {
    this.project = basedir.toPath();
    this.root = project.resolve(root);
  }

  /** The name of the live release; empty when nothing is live. */
  public String live() {
    Path current = root.resolve("current");
    if (!Files.exists(current, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    try {
      Path name = current.toRealPath().getFileName();
      return name == null ? "" : name.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("current does not lead to a directory", e);
    }
  }

  /** A file of the live release without the space around it. */
  public String read(String file) {
    return text(root.resolve("current").resolve(file)).strip();
  }

  public Path path(String file) {
    return root.resolve(file);
  }

  /** What is in a directory of the root, oldest name first; empty when it is missing. */
  public List<String> list(String directory) {
    Path path = root.resolve(directory);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.map(Path::getFileName).map(String::valueOf).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<String> releases() {
    return list("releases");
  }

  /** What {@code outcome.json} says. */
  public JsonObject outcome() {
    return outcome("");
  }

  /** What {@code outcome.json} of a module says. */
  public JsonObject outcome(String module) {
    Path file = project.resolve(module).resolve("target/deploy/outcome.json");
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
      return reader.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of {@code build.log} of all invocations. */
  public List<String> log() {
    return text(project.resolve("build.log")).lines().toList();
  }

  /** Whether {@code build.log} holds a text. */
  public boolean said(String text) {
    return log().stream().anyMatch(line -> line.contains(text));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
