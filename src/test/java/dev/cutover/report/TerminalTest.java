package dev.cutover.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  private static final Map<String, String> XTERM = Map.of("TERM", "xterm-256color");

  private static boolean interactive(Map<String, String> environment) {
    return Terminal.of(new Terminal.Signs(true, false, false, false, environment)).interactive();
  }

  @Test
  void aPersonAtATerminalGetsABar() {
    assertThat(interactive(XTERM)).isTrue();
    assertThat(interactive(Map.of("TERM", "xterm", "CI", "false", "NO_COLOR", ""))).isTrue();
    assertThat(interactive(Map.of("WINDIR", "C:\\Windows"))).isTrue();
  }

  @Test
  void anySignAgainstItIsEnough() {
    assertThat(Terminal.of(new Terminal.Signs(false, false, false, false, XTERM)).interactive())
        .isFalse();
    assertThat(Terminal.of(new Terminal.Signs(true, true, false, false, XTERM)).interactive())
        .isFalse();
    assertThat(Terminal.of(new Terminal.Signs(true, false, true, false, XTERM)).interactive())
        .isFalse();
    assertThat(Terminal.of(new Terminal.Signs(true, false, false, true, XTERM)).interactive())
        .isFalse();
    assertThat(interactive(Map.of())).isFalse();
    assertThat(interactive(Map.of("TERM", "dumb"))).isFalse();
    assertThat(interactive(Map.of("TERM", "xterm", "CI", "true"))).isFalse();
    assertThat(interactive(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
  }

  @Test
  void withoutABarThereIsNoScreen() {
    assertThat(new Terminal(false).screen()).isEmpty();
  }
}
