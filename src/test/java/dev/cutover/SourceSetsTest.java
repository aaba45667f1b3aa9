package dev.cutover;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where the tests live, and that a name leads to one class. */
class SourceSetsTest {

  private static final Path MAIN = Path.of("src/main/java");
  private static final Path TESTS = Path.of("src/test/java");
  private static final Path PROOFS = Path.of("src/proof/java");
  private static final Path BENCHMARKS = Path.of("src/bench/java");

  @Test
  void noClassNameOfATestStandsForTwo() {
    Map<String, List<Path>> named =
        Stream.of(MAIN, TESTS, PROOFS, BENCHMARKS)
            .flatMap(SourceSetsTest::classes)
            .collect(groupingBy(SourceSetsTest::name, TreeMap::new, mapping(p -> p, toList())));
    assertThat(named.values())
        .filteredOn(paths -> paths.size() > 1)
        .allMatch(paths -> paths.stream().allMatch(path -> path.startsWith(MAIN)));
  }

  @Test
  void whatIsTaggedAsAProofIsWhatLiesAmongThem() {
    assertThat(classes(PROOFS).filter(path -> name(path).endsWith("Test")))
        .isNotEmpty()
        .allMatch(path -> text(path).contains("@Tag(\"proof\")"));
    assertThat(classes(TESTS)).noneMatch(path -> text(path).contains("\n@Tag(\"proof\")"));
  }

  @Test
  void theTestKitAndTheUnitTestsKnowNothingOfTheProofs() {
    assertThat(classes(TESTS)).noneMatch(path -> text(path).contains("\nimport dev.cutover.proof"));
  }

  private static Stream<Path> classes(Path sources) {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !name(path).equals("package-info"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName()).replace(".java", "");
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
