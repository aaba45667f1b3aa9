package dev.cutover.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.domain.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

  Bundles bundles;

  @BeforeEach
  void start(@TempDir Path directory) {
    bundles = new Bundles(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.zip", "A.JAR", "a.tar", "a.tar.gz", "a.tgz"})
  void unpacksEachKind(String name) throws IOException {
    String deep = "deep/".repeat(40) + "ü 日本語";
    make(
        name,
        new Archives()
            .directory(".")
            .file("./bin/start", "go")
            .file(deep, "there")
            .file("CON", "a name Windows has no file for")
            .directory("log/old"));

    Payload payload = bundles.assemble(bundles.archive(name, "app", "bin/*"));

    assertThat(Bundles.contents(payload))
        .containsExactly(
            Map.entry("app/CON", "a name Windows has no file for"),
            Map.entry("app/bin/start", "go"),
            Map.entry("app/" + deep, "there"));
    assertThat(Bundles.modes(payload))
        .containsEntry("app/bin/start", 0755)
        .containsEntry("app/CON", 0644);
    assertThat(payload.emptyDirectories()).containsExactly("app/log/old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.zip", "a.tar.gz"})
  void linksThatStayInsideBecomeCopies(String name) throws IOException {
    make(
        name,
        new Archives()
            .symlink("bin/app", "../current/app")
            .symlink("current", "v2")
            .file("v2/app", "two")
            .file("v2/lib/a", "a")
            .symlink("v2/lib/b", "./a")
            .directory("v2/log"));

    Payload payload = bundles.assemble(bundles.archive(name, "."));

    assertThat(Bundles.contents(payload))
        .containsExactly(
            Map.entry("bin/app", "two"),
            Map.entry("current/app", "two"),
            Map.entry("current/lib/a", "a"),
            Map.entry("current/lib/b", "a"),
            Map.entry("v2/app", "two"),
            Map.entry("v2/lib/a", "a"),
            Map.entry("v2/lib/b", "a"));
    assertThat(payload.emptyDirectories()).containsExactly("current/log", "v2/log");
  }

  @Test
  void hardLinksInATarBecomeCopies() throws IOException {
    make("a.tar", new Archives().file("x/one", "1").hardLink("y/two", "./x/one"));

    assertThat(Bundles.contents(bundles.assemble(bundles.archive("a.tar", "."))))
        .containsExactly(Map.entry("x/one", "1"), Map.entry("y/two", "1"));
  }

  @ParameterizedTest
  @CsvSource({
    "../a, leaves the archive",
    "x/../../../etc/passwd, leaves the archive",
    "/etc/passwd, leaves the archive",
    "gone, is not in the archive",
    "l, leads in a circle",
    ".., leaves the archive",
    "., is a directory it lies in",
  })
  void linksThatLeaveOrLeadNowhere(String target, String why) throws IOException {
    Archives archive = new Archives().file("x/f", "f").symlink("l", target);
    make("a.tar", archive);
    make("a.zip", archive);
    String told = "'l' is a link to '" + target + "', which " + why;

    assertThat(bundles.problems(bundles.archive("a.tar", "."))).containsExactly("<a.tar>: " + told);
    assertThat(bundles.problems(bundles.archive("a.zip", "."))).containsExactly("<a.zip>: " + told);
  }

  @Test
  void linksThatNestOnePerDirectoryEndInAProblem() throws IOException {
    make(
        "a.tar",
        new Archives()
            .file("a/f", "f")
            .symlink("a/b", "../c")
            .file("c/g", "g")
            .symlink("c/d", "../a"));

    assertThat(bundles.problems(bundles.archive("a.tar", ".")))
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p).contains("is a directory it lies in"));
  }

  @Test
  void aHardLinkThatLeaves() throws IOException {
    make("a.tar", new Archives().file("f", "f").hardLink("l", "../../etc/passwd"));

    assertThat(bundles.problems(bundles.archive("a.tar", ".")))
        .singleElement()
        .asString()
        .contains("leaves the archive");
  }

  @Test
  void entriesBelowALink() throws IOException {
    make(
        "a.tar",
        new Archives().file("d/f", "f").symlink("l", "d").file("l/authorized_keys", "evil"));

    assertThat(bundles.problems(bundles.archive("a.tar", ".")))
        .containsExactly("<a.tar>: 'l' is a link, and other entries lie below it");
  }

  @ParameterizedTest
  @CsvSource({
    "../evil, holds '..'",
    "a/../../evil, holds '..'",
    "/etc/cron.d/evil, is absolute",
    "'a\nb', holds a control character",
  })
  void namesThatMustNotBeInARelease(String name, String why) throws IOException {
    Archives archive = new Archives().file("good", "g").file(name, "evil");
    make("a.tar", archive);
    make("a.zip", archive);

    for (String file : new String[] {"a.tar", "a.zip"}) {
      assertThat(bundles.problems(bundles.archive(file, ".")))
          .singleElement()
          .asString()
          .startsWith("<" + file + ">: ")
          .contains(why);
    }
    assertThat(bundles.path("../evil")).doesNotExist();
    assertThat(bundles.path("target/deploy/evil")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..\\evil", "a\\b", "a/b\\c"})
  void backslashesInAZip(String name) throws IOException {
    plainZip(name, "evil");

    assertThat(bundles.problems(bundles.archive("a.zip", ".")))
        .singleElement()
        .asString()
        .contains("holds a backslash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.zip", "a.tar"})
  void aNameTwice(String name) throws IOException {
    make(name, new Archives().file("x", "1").file("./x", "2"));

    assertThat(bundles.problems(bundles.archive(name, ".")))
        .containsExactly("<" + name + ">: 'x' is written twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.zip", "a.tar"})
  void namesThatDifferByCaseOrNeedADirectory(String name) throws IOException {
    make(name, new Archives().file("Lib/x", "1").file("lib/y", "2").file("f", "").file("f/g", ""));

    assertThat(bundles.problems(bundles.archive(name, ".")))
        .hasSize(2)
        .anySatisfy(p -> assertThat(p).contains("differ only by case"))
        .anySatisfy(p -> assertThat(p).contains("'f' is a file here and a directory in"));
  }

  @Test
  void devices() throws IOException {
    make(
        "a.tar",
        new Archives()
            .file("f", "")
            .entry("dev/null", TarConstants.LF_CHR, "")
            .entry("dev/sda", TarConstants.LF_BLK, "")
            .entry("pipe", TarConstants.LF_FIFO, ""));
    make("a.zip", new Archives().file("f", "").entry("pipe", TarConstants.LF_FIFO, ""));

    assertThat(bundles.problems(bundles.archive("a.tar", "."))).hasSize(3);
    assertThat(bundles.problems(bundles.archive("a.zip", "."))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.zip", "a.tgz", "a.tar"})
  void brokenArchives(String name) throws IOException {
    make(name, new Archives().file("f", "content".repeat(1000)));
    byte[] bytes = Files.readAllBytes(bundles.path(name));
    Files.write(bundles.path(name), Arrays.copyOf(bytes, bytes.length / 2));

    if (name.equals("a.tar")) { // Cut after the zeroes at its end it would still be whole.
      Files.write(bundles.path(name), Arrays.copyOf(bytes, 4000));
    }
    assertThat(bundles.problems(bundles.archive(name, ".")))
        .singleElement()
        .asString()
        .contains("cannot be read");
  }

  @Test
  void aZipWhoseContentIsNotWhatItsChecksumSays() throws IOException {
    plainZip("f", "content");
    byte[] bytes = Files.readAllBytes(bundles.path("a.zip"));
    String text = new String(bytes, ISO_8859_1);
    bytes[text.indexOf("content")] = 'C';
    Files.write(bundles.path("a.zip"), bytes);

    assertThat(bundles.problems(bundles.archive("a.zip", ".")))
        .singleElement()
        .asString()
        .contains("the checksum of 'f' is wrong");
  }

  @Test
  void whatIsNoArchive() throws IOException {
    bundles.file("a.txt", "x");
    Files.createDirectories(bundles.path("a.zip"));

    assertThat(bundles.problems(bundles.archive("a.txt", "."), bundles.archive("a.zip", ".")))
        .hasSize(2)
        .allSatisfy(p -> assertThat(p).contains("cannot be unpacked"));
  }

  @Test
  void theWorkingDirectoryIsMadeAnewAndItsLinksAreNotFollowed() throws IOException {
    bundles.file("keep/me", "x");
    Path unpacked = Files.createDirectories(bundles.path("target/deploy/unpacked"));
    Files.createSymbolicLink(unpacked.resolve("link"), bundles.path("keep"));
    Files.writeString(unpacked.resolve("old"), "x");
    make("a.tar", new Archives().file("f", "f"));

    bundles.assemble(bundles.archive("a.tar", "."));

    assertThat(unpacked.resolve("old")).doesNotExist();
    assertThat(unpacked.resolve("link")).doesNotExist();
    assertThat(bundles.path("keep/me")).exists();
  }

  private void plainZip(String name, String content) throws IOException {
    Path file = bundles.path("a.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(0);
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes(UTF_8));
      zip.closeEntry();
    }
  }

  private void make(String name, Archives archive) throws IOException {
    Path file = bundles.path(name);
    if (name.endsWith("gz")) {
      archive.tarGz(file);
    } else if (name.endsWith(".tar")) {
      archive.tar(file);
    } else {
      archive.zip(file);
    }
  }

  /** Each level leads to the one before ten times: 26 KB of them would be 10^20 files. */
  @ParameterizedTest
  @ValueSource(strings = {"bomb.zip", "bomb.tar.gz"})
  void linksToLinksEndAtOnce(String name) throws IOException {
    Archives bomb = new Archives().file("d0/f", "x");
    for (int level = 1; level <= 20; level++) {
      for (int i = 0; i < 10; i++) {
        bomb.symlink("d" + level + "/l" + i, "../d" + (level - 1));
      }
    }
    make(name, bomb);
    assertThat(bundles.problems(bundles.archive(name, ".")))
        .anyMatch(
            problem ->
                problem.contains(name + " holds links that lead to more than 50000 files")
                    && problem.contains("at 'd"));
  }

  @Test
  void linksThatGoDeeperAndDeeperEnd() throws IOException {
    Archives deep = new Archives().file("d0/f", "x");
    for (int level = 1; level <= 500; level++) {
      deep.symlink("d" + level + "/l", "../d" + (level - 1));
    }
    make("deep.tar", deep);
    assertThat(bundles.problems(bundles.archive("deep.tar", ".")))
        .anyMatch(problem -> problem.contains("more than 100 directories in each other"));
  }

  @Test
  void aNameWithoutEndIsNotReadToItsEnd() throws IOException {
    make(
        "long.tar",
        new Archives()
            .entry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, "x".repeat(2 << 20))
            .file("x", ""));
    assertThat(bundles.problems(bundles.archive("long.tar", ".")))
        .anyMatch(problem -> problem.contains("a name or attributes of more than 1048576 bytes"));
  }

  @Test
  void whatUnpacksToMoreThanIsLikelyIsRefused() throws IOException {
    ArchiveLimits limits = new ArchiveLimits(1000);
    limits.entry("a/b");
    assertThatThrownBy(() -> limits.take(ArchiveLimits.FREELY + 1))
        .hasMessageContaining("more than 1073741824 bytes")
        .hasMessageContaining("'a/b'");
    new ArchiveLimits(ArchiveLimits.FREELY).take(ArchiveLimits.FREELY + 1);
  }
}
