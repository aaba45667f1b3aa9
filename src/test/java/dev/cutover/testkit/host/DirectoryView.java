package dev.cutover.testkit.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** A root that is a directory of this machine. */
public record DirectoryView(Path root) implements HostView {

  /** File work whose failure fails the test. */
  @FunctionalInterface
  private interface Work<T> {
    T get() throws IOException;
  }

  private static <T> T of(Work<T> work) {
    try {
      return work.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path at(String path) {
    return path.isEmpty() ? root : root.resolve(path);
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(at(path));
  }

  @Override
  public boolean isDirectory(String path) {
    return Files.isDirectory(at(path));
  }

  @Override
  public boolean isLink(String path) {
    return Files.isSymbolicLink(at(path));
  }

  @Override
  public String readLink(String path) {
    return of(() -> Files.readSymbolicLink(at(path)).toString());
  }

  @Override
  public String text(String path) {
    return of(() -> Files.readString(at(path)));
  }

  @Override
  public long size(String path) {
    return of(() -> Files.size(at(path)));
  }

  @Override
  public String mode(String path) {
    return of(() -> PosixFilePermissions.toString(Files.getPosixFilePermissions(at(path))));
  }

  @Override
  public void chmod(String path, String bits) {
    of(() -> Files.setPosixFilePermissions(at(path), PosixFilePermissions.fromString(bits)));
  }

  @Override
  public List<String> list(String path) {
    return of(
        () -> {
          try (Stream<Path> entries = Files.list(at(path))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
          }
        });
  }

  @Override
  public List<String> tree() {
    if (!Files.exists(root)) {
      return List.of();
    }
    return of(
        () -> {
          try (Stream<Path> paths = Files.walk(root)) {
            return paths
                .map(path -> root.relativize(path).toString())
                .filter(path -> !path.isEmpty())
                .sorted()
                .toList();
          }
        });
  }

  @Override
  public void write(String path, String text) {
    of(() -> Files.writeString(at(path), text));
  }

  @Override
  public void append(String path, String text) {
    of(() -> Files.writeString(at(path), text, StandardOpenOption.APPEND));
  }

  @Override
  public void mkdirs(String path) {
    of(() -> Files.createDirectories(at(path)));
  }

  @Override
  public void symlink(String path, String to) {
    of(() -> Files.createSymbolicLink(at(path), Path.of(to)));
  }

  @Override
  public void move(String from, String to) {
    of(() -> Files.move(at(from), at(to)));
  }

  @Override
  public void delete(String path) {
    of(
        () -> {
          Files.delete(at(path));
          return path;
        });
  }
}
