package dev.cutover.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything the guide names exists, and everything that exists is named in it. */
class DocsTest {
  private static final Pattern GOAL = Pattern.compile("(?:`|mvnw? [^\\n`]*?)deploy:([a-z-]+)");
  private static final Pattern PROPERTY =
      Pattern.compile("(?<![A-Za-z./])deploy\\.(?!lock\\b)(\\w+)");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(#[^)]*)?\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private final List<Page> pages = Page.all();
  private final Page readme = Page.read(Path.of("README.md"));
  private final PluginDescriptor plugin;

  DocsTest() throws Exception {
    plugin = new PluginDescriptor();
  }

  @Test
  void everyGoalThatIsNamedExists() {
    assertThat(found(GOAL)).isSubsetOf(plugin.goals());
  }

  @Test
  void everyGoalIsInTheReadmesTable() {
    Set<String> goals = new TreeSet<>(plugin.goals());
    // They only say that maven-deploy-plugin is meant.
    goals.removeAll(Set.of("deploy", "deploy-file"));
    assertThat(firstCells("Goals")).isEqualTo(prefixed("deploy:", goals));
  }

  @Test
  void everyPropertyThatIsNamedExists() {
    assertThat(prefixed("deploy.", found(PROPERTY))).isSubsetOf(plugin.properties());
  }

  @Test
  void everyPropertyIsInTheReadmesTable() {
    assertThat(firstCells("Parameters")).isEqualTo(plugin.properties());
  }

  @Test
  void everyParameterIsInTheReferenceOfTheConfiguration() {
    String reference = Page.read(Path.of("docs/configuration.md")).text();
    assertThat(plugin.parameters())
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(reference).containsAnyOf("<" + name + ">", "-Ddeploy." + name + "="));
  }

  @Test
  void everyMessageThatIsExplainedOccursInTheSources() {
    String sources = literals();
    List<String> messages =
        readme.table("When something is wrong").stream().map(row -> row.get(0)).toList();
    assertThat(messages).isNotEmpty();
    for (String cell : messages) {
      Matcher code = CODE.matcher(cell);
      assertThat(code.find()).as("a message in %s", cell).isTrue();
      for (String part : code.group(1).split("…", -1)) {
        assertThat(sources.contains(part.strip())).as("the sources say: %s", part).isTrue();
      }
    }
  }

  @Test
  void everyLinkLeadsSomewhere() {
    for (Page page : pages) {
      Matcher link = LINK.matcher(page.text());
      while (link.find()) {
        String target = link.group(1);
        if (!target.isEmpty() && URI.create(target).getScheme() == null) {
          assertThat(page.path().resolveSibling(target)).as("linked from %s", page).exists();
        }
      }
    }
  }

  @Test
  void everyPageIsLinkedFromTheReadme() {
    assertThat(pages)
        .filteredOn(page -> !page.path().equals(readme.path()))
        .allSatisfy(page -> assertThat(readme.text()).contains("(" + slashed(page.path())));
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }

  private Set<String> found(Pattern pattern) {
    return pages.stream()
        .flatMap(page -> pattern.matcher(page.text()).results())
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> prefixed(String prefix, Set<String> words) {
    return words.stream().map(word -> prefix + word).collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> firstCells(String title) {
    return readme.table(title).stream()
        .map(row -> row.get(0).replace("`", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All sources, with string literals that were only broken over lines put together again. */
  private static String literals() {
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      return files
          .filter(Files::isRegularFile)
          .map(Page::read)
          .map(Page::text)
          .collect(Collectors.joining("\n"))
          .replaceAll("\"\\s*\\+\\s*\"", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
