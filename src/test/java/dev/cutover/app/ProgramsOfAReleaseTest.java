package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.domain.Command;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.Shared;
import dev.cutover.testkit.Commands;
import dev.cutover.testkit.app.Requests;
import dev.cutover.testkit.time.ManualClock;
import dev.cutover.transport.Connection;
import dev.cutover.transport.ScriptedHost;
import dev.cutover.transport.Stop;
import dev.cutover.transport.local.LocalConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many programs one release starts on its host. To start one takes a small machine about 5 ms,
 * more than most of them work.
 */
class ProgramsOfAReleaseTest {

  /** Raise it only for what is worth a program in every release on every host. */
  private static final int MOST = 76;

  private static final List<String> STRACE =
      List.of("strace", "-f", "-qq", "-z", "-s", "200", "-e", "signal=none", "-e", "trace=execve");

  private static final Pattern STARTED = Pattern.compile("execve\\(\"[^\"]*\", \\[\"([^\"]*)\".*");

  private final Path temp;
  private final Path root;
  private final Path source;
  private final Path started;

  ProgramsOfAReleaseTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    root = temp.toRealPath().resolve("srv");
    source = temp.resolve("source");
    Files.createDirectories(source.resolve("lib"));
    started = temp.resolve("started");
  }

  @Test
  void areFew() throws IOException {
    assumeTrue(works(), "strace may not trace here: install the Debian package strace");
    Connection plain = new LocalConnection();
    // Only then there is something to prune.
    for (String version : List.of("1", "2")) {
      assertThat(release(plain, version)).isEqualTo(Outcome.RELEASED);
    }
    List<String> programs = programs("3");
    // A machine that is busy with other things has what is slow asked for twice, but not each time.
    for (int version = 4; version < 9 && programs.size() > MOST; version++) {
      programs = programs(Integer.toString(version));
    }
    assertThat(programs).as("programs: %s", programs).hasSizeBetween(MOST / 2, MOST);
  }

  private Outcome release(Connection connection, String version) throws IOException {
    for (int i = 0; i < 20; i++) {
      Files.writeString(source.resolve("lib/file-" + i), (version + " " + i + "\n").repeat(200));
    }
    ManualClock clock = new ManualClock(Instant.now());
    Deployments deployments =
        Production.deployments(
            target -> new ScriptedHost(target, connection),
            clock,
            clock::advance,
            event -> {},
            "anna@laptop",
            new Stop());
    Requests requests = new Requests(List.of(Requests.target(root)), temp);
    requests.shared = new Shared(List.of("log"), List.of());
    requests.restart =
        Optional.of(new Command("echo \"$RELEASE_ID\" >>log/restarts", Duration.ofSeconds(30)));
    requests.health =
        new HealthPolicy(
            List.of(new HealthCheck.Run("[ -s lib/file-1 ]")),
            Duration.ofSeconds(30),
            Duration.ofMillis(10),
            1);
    requests.keep = 2;
    return deployments.release(requests.of(version, source)).outcome();
  }

  private Connection traced() {
    List<String> shell = new ArrayList<>(STRACE);
    // The programs of one connection write one after the other.
    shell.addAll(List.of("-A", "-o", started.toString(), "/bin/sh"));
    return new LocalConnection(shell, Map.of());
  }

  private static boolean works() {
    List<String> command = new ArrayList<>(STRACE);
    command.addAll(List.of("-o", "/dev/null", "true"));
    return Commands.run(command.toArray(new String[0])).status() == 0;
  }

  /** All but sleep: how often that is started while something is waited for is a matter of time. */
  private List<String> programs(String version) throws IOException {
    Files.deleteIfExists(started);
    assertThat(release(traced(), version)).isEqualTo(Outcome.RELEASED);
    try (Stream<String> lines = Files.lines(started)) {
      return lines
          .map(STARTED::matcher)
          .filter(Matcher::find)
          .map(program -> program.group(1))
          .filter(program -> !program.equals("sleep"))
          .sorted()
          .toList();
    }
  }
}
