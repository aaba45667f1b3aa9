package dev.cutover.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.domain.Payload;
import dev.cutover.error.CutoverException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleWriterTest {

  Bundles bundles;
  Path out;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    bundles = new Bundles(directory);
    out = bundles.path("target/deploy/bundle");
    bundles.file("tree/bin/run me", "go");
    bundles.file("tree/etc/a", "a");
    Files.createDirectories(bundles.path("tree/log"));
  }

  @Test
  void writesTheTreeItsManifestAndItsModes() throws IOException {
    bundles.file("target/deploy/bundle/tree/old", "from the build before");
    Payload payload = bundles.assemble(bundles.item("tree", ".", "bin/*"));

    new BundleWriter(out).write(payload);

    assertThat(out.resolve("tree/bin/run me")).hasContent("go");
    assertThat(out.resolve("tree/etc/a")).hasContent("a");
    assertThat(out.resolve("tree/log")).isEmptyDirectory();
    assertThat(out.resolve("tree/old")).doesNotExist();
    assertThat(out.resolve("manifest.sha256")).hasContent(payload.manifest().text());
    assertThat(out.resolve("modes")).hasContent("0755  bin/run me\n0644  etc/a\n0755  log/\n");
    assertThat(Files.getPosixFilePermissions(out.resolve("tree/bin/run me")))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(Files.getPosixFilePermissions(out.resolve("tree/etc/a")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
  }

  @Test
  void writesTheSameAgainOverItself() {
    BundleWriter writer = new BundleWriter(out);
    Payload payload = bundles.assemble(bundles.item("tree", "."));

    writer.write(payload);
    writer.write(payload);

    assertThat(out.resolve("tree/etc/a")).hasContent("a");
  }

  @Test
  void aSourceThatChangedMeanwhile() {
    Payload payload = bundles.assemble(bundles.item("tree", "."));
    assertThat(payload.manifest().entries()).isNotEmpty();
    bundles.file("tree/etc/a", "b");

    assertThatThrownBy(() -> new BundleWriter(out).write(payload))
        .isInstanceOf(CutoverException.class)
        .hasMessageContaining("the source of 'etc/a' changed");
  }
}
