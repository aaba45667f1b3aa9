package dev.cutover.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Layout;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Target;
import dev.cutover.testkit.host.TestPayload;
import dev.cutover.testkit.server.MinaServer;
import dev.cutover.transport.Host;
import dev.cutover.transport.ScriptedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that has a shell, and no SFTP subsystem. */
@Timeout(600)
class WithoutSftpTest {

  private static final ReleaseId ONE = new ReleaseId("20260101000001");

  @Test
  void aFewFilesComeAllTheSameWithTheirModes(@TempDir Path directory) throws IOException {
    Layout layout = new Layout(new RemotePath(directory.resolve("shop").toString()));
    boolean carried;
    try (MinaServer server =
            MinaServer.start(directory, mina -> mina.setSubsystemFactories(List.of()));
        Host host = host(server, directory.resolve("shop"))) {
      TestPayload payload = new TestPayload().with("a", "1").with("bin/run", "x");
      carried = host.upload(layout, ONE, payload, (done, total) -> {});
    }
    assertThat(carried).isTrue();
    try (Stream<Path> found = Files.walk(Path.of(layout.staging().value()))) {
      List<Path> files = found.filter(Files::isRegularFile).toList();
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .contains("a", "run", ONE + ".manifest");
      assertThat(files).filteredOn(file -> file.endsWith("bin/run")).allMatch(Files::isExecutable);
    }
  }

  private static Host host(MinaServer server, Path root) {
    Target.Ssh target = server.target(root);
    return new ScriptedHost(
        target, new SshConnector(server.options(MinaServer.PASSWORD)).open(target));
  }
}
