package dev.cutover.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Payload;
import dev.cutover.testkit.Jvm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle of any size needs no more memory than a small one. */
class BundleSizeTest {

  private static final long GIGABYTE = 1L << 30;

  @Test
  @Tag("slow")
  void aGigabyteInAHeapOfThirtyTwoMegabytes(@TempDir Path directory) throws Exception {
    Path big = directory.resolve("big.bin");
    try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
      file.setLength(GIGABYTE);
    }
    Process process =
        new ProcessBuilder(
                Jvm.java(),
                "-Xmx32m",
                "-cp",
                Jvm.classPath(),
                Assemble.class.getName(),
                big.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(said.strip()).isEqualTo("1 file, " + GIGABYTE + " bytes");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Runs in a JVM of its own. */
  static final class Assemble {

    private Assemble() {}

    public static void main(String[] args) throws IOException {
      Path source = Path.of(args[0]);
      Payload payload =
          new BundleAssembler(source.resolveSibling("unpacked"))
              .assemble(
                  new BundleSpec(
                      List.of(
                          new BundleSpec.Item(
                              "<x>", source, "x", false, List.of(), OptionalInt.empty()))));
      System.out.printf(
          "%d file, %d bytes%n", payload.manifest().entries().size(), payload.manifest().bytes());
    }
  }
}
