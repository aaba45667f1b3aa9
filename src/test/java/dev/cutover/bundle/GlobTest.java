package dev.cutover.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

  private static final List<String> PATHS =
      List.of(
          "a",
          "b",
          "ab",
          "a.sh",
          "A.SH",
          "bin",
          "bin/a",
          "bin/a.sh",
          "bin/x/a.sh",
          "bin/x/y/z",
          "a-b",
          "a,b",
          "{a}",
          "[a]",
          "a*b",
          "a?b",
          ".hidden",
          "x/.hidden",
          "a]",
          "^a",
          "a}",
          "-",
          "ü",
          "$a",
          "&",
          "&&",
          "a&&b");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "**",
        "*.sh",
        "**.sh",
        "**/*.sh",
        "bin/*",
        "bin/**",
        "?",
        "??",
        "[ab]",
        "[a-c]*",
        "[!a]",
        "{a,b}",
        "{bin/*,*.sh}",
        "a\\*b",
        "a\\?b",
        "\\{a\\}",
        "\\[a\\]",
        "[-a]",
        "[a&&b]",
        "bin/{a,x/**}",
        ".*",
        "^a",
        "$a",
        "a}",
        "[?*]",
        "{a,}",
        "ü",
        "[[]a]",
        "a,b",
        "[^]a"
      })
  void matchesAsJavaDoesOnUnix(String glob) {
    assumeTrue(File.separatorChar == '/', "a Unix");
    PathMatcher java = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    Pattern ours = Glob.compile(glob);

    assertThat(PATHS.stream().filter(path -> ours.matcher(path).matches()).toList())
        .isEqualTo(PATHS.stream().filter(path -> java.matches(Path.of(path))).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a", "[", "{a", "{a,{b}}", "a\\", "[a/b]", "[b-a]"})
  void refusesWhatJavaRefuses(String glob) {
    assertThatThrownBy(() -> Glob.compile(glob)).isInstanceOf(PatternSyntaxException.class);
    assertThatThrownBy(() -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
        .isInstanceOf(PatternSyntaxException.class);
  }

  @Test
  void mindsCaseEverywhere() {
    assertThat(Glob.compile("*.sh").matcher("A.SH").matches()).isFalse();
  }
}
