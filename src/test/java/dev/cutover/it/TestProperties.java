package dev.cutover.it;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Properties;

/** {@code test.properties}, which the invoker hands to the project under test with {@code -D}. */
final class TestProperties {

  static void write(File basedir, Properties properties) throws IOException {
    try (OutputStream out = Files.newOutputStream(basedir.toPath().resolve("test.properties"))) {
      properties.store(out, null);
    }
  }

  private TestProperties() {}
}
