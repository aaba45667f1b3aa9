package dev.cutover.proof.capistrano;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What one version of the application is made of: every file names its version, so that one look
 * tells a whole tree from one that is cut short or mixed.
 *
 * @param kind what becomes of it; the name carries it, so that each kind of a number is a version
 */
record VersionTree(int number, Kind kind) {

  static final int FILES = 200;
  private static final String PADDING = "-".repeat(3000);

  /** What becomes of a version. */
  enum Kind {
    GOOD,
    /** Its health check fails once it is live. */
    SICK,
    /** A command fails before it goes live. */
    UNFIT
  }

  static VersionTree good(int number) {
    return new VersionTree(number, Kind.GOOD);
  }

  String name() {
    return kind.name().toLowerCase(java.util.Locale.ROOT) + number;
  }

  /** The text of one of its files. */
  String text(int file) {
    return name() + " " + file + "\n" + PADDING + "\n";
  }

  static String file(int file) {
    return "d" + file / 20 + "/f" + file;
  }

  /** Writes its files into a directory, over those of another version. */
  Path write(Path directory) throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path file = directory.resolve(file(i));
      Files.createDirectories(file.getParent());
      Files.writeString(file, text(i));
    }
    Files.writeString(directory.resolve("fit"), kind == Kind.UNFIT ? "no\n" : "yes\n");
    Files.writeString(directory.resolve("healthy"), kind == Kind.SICK ? "no\n" : "yes\n");
    return directory;
  }
}
