package dev.cutover.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "10m, PT10M",
    "1h30m, PT1H30M",
    "2h, PT2H",
    "0s, PT0S",
    "1m500ms, PT1M0.5S",
    "90m, PT1H30M"
  })
  void readsWhatPeopleWrite(String text, Duration expected) {
    assertThat(Durations.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "s",
        "-1s",
        "1.5s",
        "30 s",
        "30S",
        "1m1h",
        "1s1s",
        "PT30S",
        "1d",
        "٣s",
        "1s\n",
        "99999999999999999999s",
        "$(reboot)"
      })
  void refusesEverythingElse(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }
}
