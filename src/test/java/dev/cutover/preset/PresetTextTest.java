package dev.cutover.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.testkit.Commands;
import dev.cutover.testkit.database.Presets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each preset, as it is sent, is clean for shellcheck and readable to every shell. */
class PresetTextTest {

  private final Path temp;

  PresetTextTest(@TempDir Path temp) {
    this.temp = temp;
  }

  static Stream<String> presets() {
    return Presets.NAMES.stream();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void isClean(String preset) throws Exception {
    // A preset uses what the common part defines and the other way round.
    run(preset, "/usr/bin/shellcheck", "shellcheck", "-s", "sh", "-e", "SC2034,SC2154");
  }

  @ParameterizedTest
  @MethodSource("presets")
  void isReadByDashBashAndBusybox(String preset) throws Exception {
    run(preset, "/bin/dash", "dash", "-n");
    run(preset, "/bin/bash", "bash", "--posix", "-n");
    run(preset, "/bin/busybox", "busybox", "sh", "-n");
  }

  private void run(String preset, String program, String name, String... arguments)
      throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of(program)), name + " is missing: install the Debian package");
    Path script = Files.writeString(temp.resolve(preset + ".sh"), Presets.call(preset, "check"));
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    command.add(script.toString());
    assertThat(Commands.must(command)).isEmpty();
  }
}
