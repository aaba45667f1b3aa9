package dev.cutover.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyBudgetTest {

  private final List<String> output = new ArrayList<>();
  private final ResultsReader results =
      new ResultsReader(
          2,
          new OpListener() {
            @Override
            public void output(int index, String line) {
              output.add(line);
            }
          },
          System::nanoTime);
  private final Reply reply = new Reply("n", results);

  private void says(String... lines) {
    reply.line("n hello");
    for (String line : lines) {
      reply.line(line);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n begin 0/n end 0 1.2e+99",
        "n begin 0/n end 0 -1",
        "n begin 0/n end 0",
        "n begin 0/n end",
        "n begin 0/n end 1 0",
        "n end 0 0",
        "n begin 7",
        "n begin 0/n begin 0",
        "n begin 0/n value x %4",
        "n begin 0/n value x %zz",
        "n done",
        "n begin 0/n end 0 0/n done",
        "n begin 0/n end 0 0/n begin 1/n end 1 0/n begin 2",
      })
  void whatMeansNothingIsSaidSo(String said) {
    assertThatThrownBy(() -> says(said.split("/"))).isInstanceOf(NotUnderstood.class);
  }

  @Test
  void statusesOfOursHaveWordsOfTheirOwn() {
    says("n begin 0", "n fenced", "n end 0 97");
    assertThat(results.results().get(0).status()).isEqualTo(OpResult.FENCED);
    says(
        "n begin 1",
        "n value ended deadline",
        "n exit 124",
        "n inodes 4294967296 -",
        "n end 1 124");
    assertThat(results.results().get(1).status()).isEqualTo(OpResult.TIMED_OUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "- -", "0 0", "1.28849e+10 1.28849e+10", "x", "1 2 3"})
  void inodesThatAreNotCountedAreNotMissing(String said) {
    says("n begin 0", "cp: No space left on device", "n inodes " + said, "n end 0 1", "n done");
    assertThat(results.results().get(0).value("cause")).isEqualTo("SPACE");
  }

  @Test
  void whatToolsSayIsShortAndHarmless() {
    says("n begin 0", "\u001b[31mred\u0000 " + "x".repeat(1 << 20));
    for (int i = 0; i < 10_000; i++) {
      reply.line("and more");
    }
    says("n end 0 1");
    assertThat(results.results().get(0).message())
        .startsWith("?[31mred? xx")
        .hasSizeLessThan(10_000);
  }

  @Test
  void moreThanTheBudgetIsCutOff() {
    char[] mib = new char[1 << 20];
    Arrays.fill(mib, 'x');
    String line = new String(mib);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 64; i++) {
                reply.line(line);
              }
            })
        .isInstanceOf(NotUnderstood.class)
        .hasMessageContaining("more than 41943040 bytes in a reply");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00FC", "\u65E5", "\uD83D\uDE00", "\uFFFD"})
  void aJournalIsMeasuredInBytes(String letter) {
    FactsReader facts = new FactsReader();
    Reply journal = new Reply("n", facts);
    String line = letter.repeat((1 << 20) / letter.getBytes(UTF_8).length);
    journal.line("n hello");
    journal.line("n journal");
    for (int mib = 0; mib < 31; mib++) {
      journal.line(line);
    }
    assertThat(facts.journalBytes()).isEqualTo(31L * (line.getBytes(UTF_8).length + 1));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 64; i++) {
                journal.line(line);
              }
            })
        .isInstanceOf(NotUnderstood.class)
        .hasMessageContaining("more than 33554432 bytes of its journal");
  }

  @Test
  void linesAreCountedToo() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000_000; i++) {
                reply.line("");
              }
            })
        .isInstanceOf(NotUnderstood.class)
        .hasMessageContaining("lines in a reply");
  }

  @Test
  void aLineThatWasCutIsNoWord() {
    Lines lines = new Lines(reply::line);
    byte[] chunk = "n hello\nn begin 0\nn value x ".getBytes(UTF_8);
    byte[] more = new byte[1 << 20];
    Arrays.fill(more, (byte) 'x');
    lines.add(chunk);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 64; i++) {
                lines.add(more);
              }
            })
        .isInstanceOf(NotUnderstood.class)
        .hasMessageContaining("bytes in a line");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "-1", "+1", "1,024", "0x10", "1e", "1e400", "\u0000", "1 ", "NaN", "\uFFFD"
      })
  void whatIsNoNumberIsNone(String text) {
    assertThat(HostText.number(text)).isEmpty();
  }

  @Test
  void numbersAreReadHoweverTheyAreWritten() {
    assertThat(HostText.number("1.28849e+10")).hasValue(12_884_900_000L);
    assertThat(HostText.number("9223372036854775808")).hasValue(Long.MAX_VALUE);
    assertThat(HostText.number("9e99")).hasValue(Long.MAX_VALUE);
    assertThat(HostText.number("007")).hasValue(7);
  }
}
