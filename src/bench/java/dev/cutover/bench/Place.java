package dev.cutover.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Random;

/** A temporary directory, removed at the end. */
record Place(Path directory) implements AutoCloseable {

  private static final int FILES_A_DIRECTORY = 50;

  static Place temporary() throws IOException {
    return new Place(Files.createTempDirectory("cutover-bench").toRealPath());
  }

  /** A directory of its own, made when missing. */
  Path sub(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }

  /** A tree of incompressible files of equal size. */
  Path tree(String name, int files, long bytes) throws IOException {
    Path tree = sub(name);
    for (int i = 0; i < files; i++) {
      Path parent = Files.createDirectories(tree.resolve("d" + i / FILES_A_DIRECTORY));
      noise(parent.resolve("f" + i), bytes / files, i);
    }
    return tree;
  }

  /** One incompressible file. */
  static Path noise(Path file, long bytes, long seed) throws IOException {
    Random random = new Random(seed);
    byte[] block = new byte[64 << 10];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (long left = bytes; left > 0; left -= block.length) {
        random.nextBytes(block);
        out.write(block, 0, (int) Math.min(left, block.length));
      }
    }
    return file;
  }

  static void delete(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() throws IOException {
    delete(directory);
  }
}
