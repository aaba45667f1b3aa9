package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.domain.HostFacts.Tools;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Target;
import dev.cutover.testkit.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host scripts, singly and as they are sent, are clean for shellcheck. */
class ShellcheckTest {

  /**
   * Variables come from the program around a script (SC2153, SC2154) and go to others (SC2034), as
   * do functions (SC2317); {@code a && b || fail} is meant as it is written (SC2015). What one line
   * of a script is excused from, the program, which has no comments, is too (SC2012, SC2016,
   * SC2086).
   */
  private static final String EXCLUDED = "SC2012,SC2015,SC2016,SC2034,SC2086,SC2153,SC2154,SC2317";

  @Test
  void eachScriptIsClean() throws Exception {
    List<String> command = shellcheck();
    try (var files = Files.list(Path.of("src/main/resources/dev/cutover/host"))) {
      files.map(Path::toString).sorted().forEach(command::add);
    }
    assertThat(Commands.run(command).said()).isEmpty();
  }

  @Test
  void theWholeProgramIsClean(@TempDir Path temp) throws Exception {
    Path script = temp.resolve("program.sh");
    List<Call> calls = new ArrayList<>();
    for (String name :
        List.of("append", "assemble", "run", "seal", "publish", "switch", "unlock")) {
      calls.add(new Call(name, Map.of()));
    }
    Target.Root root = new Target.Root.Absolute(new RemotePath("/srv/it's"));
    for (Tools tools : Tools.values()) {
      Files.writeString(script, Program.at(root, "n1", Optional.of(tools)).operations(calls));
      List<String> command = shellcheck();
      command.add(script.toString());
      assertThat(Commands.run(command).said()).isEmpty();
    }
    Files.writeString(
        script,
        Program.at(new Target.Root.UnderHome("it's"), "n1", Optional.empty())
            .question(new Call("lock", Map.of())));
    List<String> command = shellcheck();
    command.add(script.toString());
    assertThat(Commands.run(command).said()).isEmpty();
  }

  private static List<String> shellcheck() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/shellcheck")),
        "shellcheck is missing: install the Debian package shellcheck");
    return new ArrayList<>(List.of("/usr/bin/shellcheck", "-s", "sh", "-e", EXCLUDED));
  }
}
