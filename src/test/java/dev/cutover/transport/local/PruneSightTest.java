package dev.cutover.transport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.testkit.Commands;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.LockRequest;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import dev.cutover.transport.ScriptedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pruning sees of the processes of others, and says that it does not see. Needs root. */
class PruneSightTest {

  private static final String RUN = "00000000000000a1";
  private static final ReleaseId OLD = new ReleaseId("20260101000001");
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private final Path root;

  PruneSightTest(@TempDir Path temp) throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to be two users");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv (Debian: util-linux)");
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    root = temp.toRealPath().resolve("srv");
    Files.createDirectories(root.resolve("releases").resolve(OLD.value()));
  }

  @Test
  void rootSeesWhereEverybodyWorks() throws Exception {
    Process other = sleeper(AS_NOBODY);
    try {
      OpResult result = prune(List.of("/bin/sh"));
      assertThat(result.value("in-use")).isEqualTo(OLD.value());
      assertThat(result.value("note")).startsWith("kept, for a process works there: " + OLD);
    } finally {
      other.destroy();
    }
  }

  @Test
  void whoMayNotSeeWhereOthersWorkSaysHowManyTheyAre() throws Exception {
    Commands.must("chown", "-R", "65534:65534", root.toString());
    Process other = sleeper(List.of());
    try {
      List<String> shell = new ArrayList<>(AS_NOBODY);
      shell.add("/bin/sh");
      OpResult result = prune(shell);
      assertThat(result.value("in-use")).isEmpty();
      assertThat(result.value("note"))
          .matches("nobody may not see where [1-9]\\d* of the processes work");
    } finally {
      other.destroy();
    }
  }

  /** A process that works in the old release. */
  private Process sleeper(List<String> as) throws Exception {
    List<String> command = new ArrayList<>(as);
    command.addAll(List.of("sleep", "60"));
    Process process =
        new ProcessBuilder(command).directory(root.resolve("releases/" + OLD).toFile()).start();
    // Not before it has become who it shall be.
    for (int i = 0; i < 1500 && !process.info().command().orElse("").endsWith("/sleep"); i++) {
      Thread.sleep(20);
    }
    return process;
  }

  private OpResult prune(List<String> shell) {
    Layout layout = new Layout(new RemotePath(root.toString()));
    Target target =
        new Target.Local(new Target.Root.Absolute(layout.root()), root.toUri().toString());
    try (Host host = new ScriptedHost(target, new LocalConnection(shell, Map.of()))) {
      LockRequest request =
          new LockRequest(RUN, "me@here", Goal.PRUNE, List.of(target.url()), target.url());
      FactsQuery query = new FactsQuery(target.root(), Shared.NONE);
      LockToken token = ((LockReply.Granted) host.lock(request, query)).token();
      HostOp prune = new HostOp.Prune(RUN, List.of(OLD));
      OpResult result = host.perform(layout, token, List.of(prune), OpListener.SILENT).get(0);
      assertThat(Optional.of(result).filter(OpResult::ok)).as(result.message()).isPresent();
      return result;
    }
  }
}
