package dev.cutover.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The unpacked bytes of one archive, in files that are numbered: no name from an archive ever
 * reaches this machine's file system, whatever its rules for names are.
 */
final class UnpackedFiles {

  private final Path directory;
  private int last;

  UnpackedFiles(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** Stores all of {@code content} as a new file. */
  Path store(InputStream content) throws IOException {
    Path file = directory.resolve(Integer.toString(++last));
    Files.copy(content, file);
    return file;
  }
}
