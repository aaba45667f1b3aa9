package dev.cutover.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.bundle.BundleSpec.Item;
import dev.cutover.domain.Manifest;
import dev.cutover.domain.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleAssemblerTest {

  Bundles bundles;

  @BeforeEach
  void start(@TempDir Path directory) {
    bundles = new Bundles(directory);
  }

  @Test
  void takesAFileUnderItsName() throws Exception {
    bundles.file("target/shop-1.0.jar", "bytes");

    Payload payload = bundles.assemble(bundles.item("target/shop-1.0.jar", "./lib//shop.jar"));

    String sha256 = sha256("bytes");
    assertThat(payload.manifest().entries())
        .containsExactly(new Manifest.Entry("lib/shop.jar", sha256, 5, 0644));
    assertThat(payload.manifest().text()).isEqualTo(sha256 + "  lib/shop.jar\n");
    assertThat(payload.manifest().digest())
        .isEqualTo(sha256(sha256 + "  lib/shop.jar\n0644  lib/shop.jar\n"));
    assertThat(Bundles.contents(payload)).containsExactly(Map.entry("lib/shop.jar", "bytes"));
    assertThat(payload.emptyDirectories()).isEmpty();
  }

  @Test
  void takesTheContentsOfADirectoryWithItsEmptyDirectories() throws IOException {
    bundles.file("src/deploy/bin/start", "#!/bin/sh\n");
    bundles.file("src/deploy/etc/app.conf", "a=1");
    Files.createDirectories(bundles.path("src/deploy/log/old/very"));

    Payload payload = bundles.assemble(bundles.item("src/deploy", ".", "bin/**"));

    assertThat(Bundles.modes(payload))
        .containsExactly(Map.entry("bin/start", 0755), Map.entry("etc/app.conf", 0644));
    assertThat(payload.emptyDirectories()).containsExactly("log/old/very");
  }

  @Test
  void anEmptyDirectoryThatAnotherItemFillsIsNotEmpty() throws IOException {
    Files.createDirectories(bundles.path("skeleton/lib"));
    bundles.file("a.jar", "a");

    Payload payload =
        bundles.assemble(bundles.item("skeleton", "."), bundles.item("a.jar", "lib/a.jar"));

    assertThat(payload.emptyDirectories()).isEmpty();
  }

  @Test
  void anEmptyDirectoryChangesTheDigest() throws IOException {
    bundles.file("tree/a", "a");
    String before = bundles.assemble(bundles.item("tree", ".")).manifest().digest();
    Files.createDirectories(bundles.path("tree/log"));

    assertThat(bundles.assemble(bundles.item("tree", ".")).manifest().digest())
        .isNotEqualTo(before);
  }

  @Test
  void modesComeFromConfigurationAlone() throws IOException {
    Path script = bundles.file("tree/run.sh", "x");
    Path secret = bundles.file("tree/secret", "x");
    script.toFile().setExecutable(true);
    secret.toFile().setReadable(true, true);
    Item item =
        new Item("<x>", bundles.path("tree"), "app", false, List.of(), OptionalInt.of(0600));
    Item withScripts =
        new Item("<x>", bundles.path("tree"), "app", false, List.of("*.sh"), OptionalInt.of(0600));

    Payload plain = bundles.assemble(item);

    assertThat(Bundles.modes(plain))
        .containsExactly(Map.entry("app/run.sh", 0600), Map.entry("app/secret", 0600));
    Payload executable = bundles.assemble(withScripts);
    assertThat(Bundles.modes(executable)).containsEntry("app/run.sh", 0755);
    assertThat(executable.manifest().digest()).isNotEqualTo(plain.manifest().digest());
    assertThat(executable.manifest().text()).isEqualTo(plain.manifest().text());
  }

  @Test
  void globsSeeTheNameOfASingleFile() {
    bundles.file("run", "x");

    assertThat(Bundles.modes(bundles.assemble(bundles.item("run", "bin/start", "start"))))
        .containsExactly(Map.entry("bin/start", 0755));
  }

  @Test
  void theOrderIsThatOfTheBytes() {
    // U+FF61 comes before U+1F600 by code point and by UTF-8, and after it by Java's own order.
    List<String> names =
        List.of("\uD83D\uDE00", "\uFF61", "é", "y", "a/z", "a-b", "a.b", "Z", "a/b");
    names.forEach(name -> bundles.file("tree/" + name, name));

    List<String> paths =
        bundles.assemble(bundles.item("tree", ".")).manifest().entries().stream()
            .map(Manifest.Entry::path)
            .toList();

    assertThat(paths)
        .containsExactly("Z", "a-b", "a.b", "a/b", "a/z", "y", "é", "\uFF61", "\uD83D\uDE00");
  }

  @Test
  void oddNamesAreCarriedExactly() {
    List<String> names =
        List.of(
            " ",
            "-rf",
            "$(id)",
            "a b",
            "'",
            "\"",
            "`id`",
            "*",
            "?",
            "~",
            "#",
            "ü\u00a0ñ",
            "日本語",
            "a:b",
            "%2e%2e",
            "...",
            ".hidden",
            "&&",
            ";",
            "|",
            "!",
            "x".repeat(255));
    names.forEach(name -> bundles.file("tree/" + name, name));

    Map<String, String> contents = Bundles.contents(bundles.assemble(bundles.item("tree", ".")));

    assertThat(contents.keySet()).containsExactlyInAnyOrderElementsOf(names);
    contents.forEach((name, content) -> assertThat(content).isEqualTo(name));
  }

  @Test
  void fiveThousandFilesComeOutAlikeEachTime() throws IOException {
    for (int i = 0; i < 5_000; i++) {
      bundles.file("one/d" + i % 70 + "/f" + i, "content " + i);
    }
    for (int i = 4_999; i >= 0; i--) {
      bundles.file("two/d" + i % 70 + "/f" + i, "content " + i);
    }

    Manifest one = bundles.assemble(bundles.item("one", ".")).manifest();
    Manifest two = bundles.assemble(bundles.item("two", ".")).manifest();

    assertThat(two).isEqualTo(one);
    assertThat(one.entries())
        .hasSize(5_000)
        .isSortedAccordingTo(
            Comparator.comparing(e -> e.path().getBytes(UTF_8), Arrays::compareUnsigned));
  }

  @Test
  void aSourceThatIsItselfALinkIsFollowed() throws IOException {
    bundles.file("real/a", "a");
    Files.createSymbolicLink(bundles.path("link"), bundles.path("real"));

    assertThat(Bundles.contents(bundles.assemble(bundles.item("link", "."))))
        .containsExactly(Map.entry("a", "a"));
  }

  @Test
  void linksInsideADirectoryCountAsWhatTheyLeadTo() throws IOException {
    bundles.file("tree/v2/app", "two");
    Files.createSymbolicLink(bundles.path("tree/newest"), Path.of("v2"));
    Files.createSymbolicLink(bundles.path("tree/app"), bundles.path("tree/newest/app"));

    assertThat(Bundles.contents(bundles.assemble(bundles.item("tree", "."))))
        .containsExactly(
            Map.entry("app", "two"), Map.entry("newest/app", "two"), Map.entry("v2/app", "two"));
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }
}
