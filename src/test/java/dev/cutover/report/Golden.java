package dev.cutover.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares output with the file that says what it should be. {@code -Dgolden.update} writes the
 * files anew, to be read before they are committed.
 */
final class Golden {

  private static final Path FILES = Path.of("src/test/resources/dev/cutover/report");

  private Golden() {}

  static void check(String name, String actual) {
    Path file = FILES.resolve(name + ".txt");
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.writeString(file, actual);
      }
      assertThat(actual).isEqualTo(Files.readString(file).replace("\r\n", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
