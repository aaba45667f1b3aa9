package dev.cutover.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page about migration tools shows are files of the projects that the tests migrate. */
class MigrationExamplesTest {

  private static final Pattern FILE =
      Pattern.compile("(?m)^## (\\w+)$|^`([^`]+)`:\\n\\n```\\w+\\n((?s:.*?))^```$");
  private static final Path PROJECTS = Path.of("src/test/resources/dev/cutover/preset");

  @Test
  void areFilesOfProjectsThatAreMigrated() throws Exception {
    Matcher found = FILE.matcher(Page.read(Path.of("docs/migrations.md")).text());
    String preset = "";
    Set<String> shown = new HashSet<>();
    while (found.find()) {
      if (found.group(1) != null) {
        preset = found.group(1);
        continue;
      }
      Path folder = PROJECTS.resolve(preset);
      String file = found.group(2);
      Path release =
          Files.exists(folder.resolve("2").resolve(file))
              ? folder.resolve("2")
              : folder.resolve("1");
      assertThat(found.group(3))
          .as(preset + ": " + file)
          .isEqualTo(Files.readString(release.resolve(file)));
      shown.add(preset);
    }
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            List.of("django", "flyway", "laravel", "liquibase", "rails", "sql"));
  }
}
