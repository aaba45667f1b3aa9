package dev.cutover.transport.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Layout;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Target;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.HostQuery;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import dev.cutover.transport.ScriptedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A health command has no supervisor: its script waits for it, and ends it. */
class HealthCommandTest {

  private final Path root;
  private final Layout layout;
  private final List<String> output = new ArrayList<>();

  HealthCommandTest(@TempDir Path temp) throws IOException {
    root = temp.toRealPath().resolve("it's");
    layout = new Layout(new RemotePath(root.toString()));
    Files.createDirectories(root.resolve(".cutover/runs"));
  }

  @Test
  void atItsDeadlineItEndsWithAllItStarted() throws Exception {
    OpResult result = check(1, "trap '' TERM; sleep 60 & echo $! >child; echo on; wait; sleep 60");
    assertThat(result.status()).isEqualTo(OpResult.TIMED_OUT);
    assertThat(output).containsExactly("on");
    ended(Long.parseLong(Files.readString(root.resolve("child")).strip()));
    assertThat(root.resolve(".cutover/runs")).isEmptyDirectory();
  }

  @Test
  void whatItLeavesRunningIsNotWaitedFor() throws Exception {
    OpResult result = check(40, "sleep 60 & echo $! >child; printf 'no newline'");
    assertThat(result.ok()).isTrue();
    assertThat(result.took()).isLessThan(Duration.ofSeconds(30));
    assertThat(output).containsExactly("no newline");
    long child = Long.parseLong(Files.readString(root.resolve("child")).strip());
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isPresent();
    ProcessHandle.of(child).ifPresent(ProcessHandle::destroy);
  }

  @Test
  void itsErrorsNameTheLinesOfTheCommand() {
    assertThat(check(40, "# first\nthere-is-no-such-tool").status()).isEqualTo(127);
    assertThat(output).singleElement().asString().contains("2: there-is-no-such-tool: not found");
  }

  private OpResult check(int seconds, String command) {
    Target target =
        new Target.Local(new Target.Root.Absolute(layout.root()), root.toUri().toString());
    HostOp.CommandRun run =
        new HostOp.CommandRun("check", command, layout.root(), Map.of(), seconds, Optional.empty());
    OpListener listener =
        new OpListener() {
          @Override
          public void output(int index, String line) {
            output.add(line);
          }
        };
    try (Host host = new ScriptedHost(target, new LocalConnection())) {
      return host.query(layout, new HostQuery.RunCheck(run), listener);
    }
  }

  private static void ended(long pid) throws InterruptedException {
    for (int i = 0; i < 1500 && ProcessHandle.of(pid).isPresent(); i++) {
      Thread.sleep(20);
    }
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }
}
