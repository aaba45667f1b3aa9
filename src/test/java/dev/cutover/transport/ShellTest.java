package dev.cutover.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {

  private static final String HOSTILE =
      "-rf 'a' \"b\" $(touch x) `id` \\ \\' !! * ~ #;&|<> é\t\n%s";

  @Test
  void aQuotedValueIsOneWordWithExactlyIt() throws IOException {
    String script = "printf %s " + Shell.quote(HOSTILE);
    assertThat(output(Path.of("/"), "/bin/sh", "-c", script)).isEqualTo(HOSTILE);
    assertThatThrownBy(() -> Shell.quote("a\0b")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyNamesOfVariablesAreAssigned() {
    assertThat(Shell.exports(Map.of("B", "it's", "A", "1")))
        .isEqualTo("export A='1'\nexport B='it'\\''s'\n");
    assertThatThrownBy(() -> Shell.exports(Map.of("A;id", "1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/csh", "/usr/bin/fish"})
  void everyLoginShellReadsTheCommandLineAlike(String shell, @TempDir Path temp)
      throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of(shell)), shell + " is missing: install its Debian package");
    Path odd =
        Files.createDirectory(
            temp.toRealPath().resolve(HOSTILE.replace("\n", "").replace('/', '_')));
    String command = Shell.inDirectory(odd.toString(), "exec pwd");
    assertThat(output(Path.of("/"), shell, "-c", command)).isEqualTo(odd + "\n");
  }

  private static String output(Path directory, String... command) throws IOException {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }
}
