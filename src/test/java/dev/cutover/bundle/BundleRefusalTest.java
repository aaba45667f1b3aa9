package dev.cutover.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.bundle.BundleSpec.Item;
import dev.cutover.testkit.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleRefusalTest {

  Bundles bundles;

  @BeforeEach
  void start(@TempDir Path directory) {
    bundles = new Bundles(directory);
    bundles.file("a", "a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../a | holds '..'",
        "lib/../../a | holds '..'",
        ".. | holds '..'",
        "/etc/passwd | is absolute",
        "C:/a | is absolute",
        "lib\\a | backslash",
        "'a\tb' | control character",
        "'a\nb' | control character",
        "'a\u0085b' | control character",
        "'' | is empty",
        "a\uFFFDb | cannot be read as text",
        ". | give the file its name",
        "lib/ | give the file its name",
      })
  void aNameThatMustNotBeInARelease(String as, String why) {
    assertThat(bundles.problems(bundles.item("a", as)))
        .singleElement()
        .asString()
        .startsWith("<a>")
        .contains(why)
        .doesNotContain("\n", "\t");
  }

  @Test
  void namesThatAreTooLong() {
    assertThat(bundles.problems(bundles.item("a", "ü".repeat(128))))
        .singleElement()
        .asString()
        .contains("more than 255 bytes");
    assertThat(bundles.problems(bundles.item("a", "abc/".repeat(1024) + "d")))
        .singleElement()
        .asString()
        .contains("longer than 4096 bytes");
    assertThat(bundles.assemble(bundles.item("a", "abc/".repeat(1023) + "defg")).manifest().text())
        .isNotEmpty();
  }

  @Test
  void allProblemsAtOnceEachAtItsPlace() {
    assertThat(
            bundles.problems(
                bundles.item("a", "../x"),
                bundles.item("missing.jar", "y"),
                bundles.item("a", "x", "[bad"),
                new Item("<m>", bundles.path("a"), "z", false, List.of(), OptionalInt.of(01777))))
        .hasSize(4)
        .anySatisfy(p -> assertThat(p).startsWith("<a><as>: '../x'"))
        .anySatisfy(p -> assertThat(p).startsWith("<missing.jar>: ").contains("does not exist"))
        .anySatisfy(p -> assertThat(p).startsWith("<a><executables>: '[bad' is not a glob"))
        .anySatisfy(p -> assertThat(p).startsWith("<m><mode>: 1777 is not a mode"));
  }

  @Test
  void nothingToRelease() throws IOException {
    Files.createDirectories(bundles.path("empty/inside"));

    assertThat(bundles.problems())
        .containsExactly("<bundle>: has no file in it; there is nothing to release");
    assertThat(bundles.problems(bundles.item("empty", "."))).hasSize(1);
  }

  @Test
  void aPathWrittenTwiceNamesBothPlaces() {
    bundles.file("b", "b");

    assertThat(bundles.problems(bundles.item("a", "x/y"), bundles.item("b", "x//./y")))
        .containsExactly("<b>: 'x/y' is already written by <a>");
  }

  @Test
  void aFileWhereADirectoryIsNeeded() {
    bundles.file("b", "b");

    assertThat(bundles.problems(bundles.item("a", "x"), bundles.item("b", "x/y")))
        .containsExactly("<b>: 'x' is a directory here and a file in <a>");
    assertThat(bundles.problems(bundles.item("a", "x/y"), bundles.item("b", "x")))
        .containsExactly("<b>: 'x' is a file here and a directory in <a>");
  }

  @ParameterizedTest
  @CsvSource({"Readme, README", "lib/a, LIB/b", "straße, STRASSE/x", "é, É", "e\u0301, \u00e9"})
  void namesThatDifferOnlyByCaseOrAccents(String one, String other) {
    boolean different = one.startsWith("str");
    if (different) { // One letter against two: no file system takes these as one name.
      assertThat(
              bundles.assemble(bundles.item("a", one), bundles.item("a", other)).manifest().text())
          .isNotEmpty();
      return;
    }
    assertThat(bundles.problems(bundles.item("a", one), bundles.item("a", other)))
        .singleElement()
        .asString()
        .contains("differ only by case");
  }

  @Test
  void directoriesThatDifferOnlyByCaseAreToldOnce() {
    bundles.file("tree/Lib/a", "");
    bundles.file("tree/Lib/b", "");
    bundles.file("tree/lib/c", "");
    bundles.file("tree/lib/d", "");

    assertThat(bundles.problems(bundles.item("tree", "."))).hasSize(1);
  }

  @Test
  void linksThatLeaveOrLeadNowhereOrInACircle() throws IOException {
    bundles.file("tree/real/x", "x");
    Files.createSymbolicLink(bundles.path("tree/out"), Path.of("../a"));
    Files.createSymbolicLink(bundles.path("tree/abs"), Path.of("/etc"));
    Files.createSymbolicLink(bundles.path("tree/dangling"), Path.of("gone"));
    Files.createSymbolicLink(bundles.path("tree/real/up"), Path.of("../real"));
    Files.createSymbolicLink(bundles.path("tree/self"), Path.of("self"));

    assertThat(bundles.problems(bundles.item("tree", ".")))
        .hasSize(5)
        .anySatisfy(p -> assertThat(p).contains("'out' is a link that leaves"))
        .anySatisfy(p -> assertThat(p).contains("'abs' is a link that leaves"))
        .anySatisfy(p -> assertThat(p).contains("'dangling' is a link to gone, which is nothing"))
        .anySatisfy(p -> assertThat(p).contains("'real/up' is a link to a directory it lies in"))
        .anySatisfy(p -> assertThat(p).contains("'self' is a link"));
  }

  @Test
  void whatIsNeitherFileNorDirectory() throws Exception {
    bundles.file("tree/x", "x");
    assumeTrue(
        Commands.run("mkfifo", bundles.path("tree/pipe").toString()).ok(),
        "needs mkfifo (Debian: coreutils)");

    assertThat(bundles.problems(bundles.item("tree", ".")))
        .containsExactly("<tree>: 'pipe' is neither a file nor a directory");
    assertThat(bundles.problems(bundles.item("tree/pipe", "x")))
        .singleElement()
        .asString()
        .contains("is neither a file nor a directory");
  }

  @Test
  void aDirectoryThatHoldsOurOwnOutput() {
    bundles.file("target/a", "a");

    assertThat(bundles.problems(bundles.item("target", ".")))
        .singleElement()
        .asString()
        .contains("where bundles are made");
  }

  @Test
  void veryManyProblemsAreCut() {
    for (int i = 0; i < 50; i++) {
      bundles.file("tree/a\\" + i, "x");
    }

    assertThat(bundles.problems(bundles.item("tree", ".")))
        .hasSize(21)
        .last()
        .isEqualTo("<tree>: and 30 more like these");
  }
}
