package dev.cutover.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures, wrapping, and what may be shown. */
class TextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.0s",
    "49, 0.0s",
    "50, 0.1s",
    "4210, 4.2s",
    "59949, 59.9s",
    "59950, 1m 00s",
    "65000, 1m 05s",
    "3599499, 59m 59s",
    "3600000, 1h 00m",
    "7384000, 2h 03m"
  })
  void durations(long millis, String shown) {
    assertThat(Figures.duration(Duration.ofMillis(millis))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "1234567, 1.2 MB",
    "9223372036854775807, 9.2 EB"
  })
  void sizes(long bytes, String shown) {
    assertThat(Figures.bytes(bytes)).isEqualTo(shown);
  }

  @Test
  void printableTextStaysAsItIs() {
    assertThat(Visible.of("Größe 数 😀 'a\\b' ~")).isEqualTo("Größe 数 😀 'a\\b' ~");
    assertThat(Visible.of("a\tb")).isEqualTo("a    b");
  }

  @Test
  void whatSteersIsWrittenOut() {
    assertThat(Visible.of("\0\b\u007f\u0085\u2028\u2066\ufeff\ud800x"))
        .isEqualTo("\\x00\\x08\\x7f\\x85\\u{2028}\\u{2066}\\u{feff}\\u{d800}x");
  }

  @Test
  void anEndlessLineIsCut() {
    assertThat(Visible.of("x".repeat(1_000_000)))
        .hasSizeLessThan(Visible.LONGEST + 50)
        .endsWith(" ... (998000 more characters)");
  }

  @Test
  void aCommandIsNotBrokenAcrossLines() {
    assertThat(Wrap.lines("wait, then run it again: mvn deploy:release -Ddeploy.keep=3 here", 40))
        .containsExactly("wait, then run it again:", "mvn deploy:release -Ddeploy.keep=3 here");
  }

  @Test
  void aWordLongerThanTheLineStandsAlone() {
    assertThat(Wrap.lines("see " + "x".repeat(50) + " now", 40))
        .containsExactly("see", "x".repeat(50), "now");
  }

  @Test
  void aGitHashIsCutAndAnythingElseIsNot() {
    assertThat(Figures.revision("9f2c1ab" + "0".repeat(33))).isEqualTo("9f2c1ab");
    assertThat(Figures.revision("release-9f2c1ab")).isEqualTo("release-9f2c1ab");
  }
}
