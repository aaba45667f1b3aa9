package dev.cutover.transport.ssh;

import dev.cutover.testkit.server.MinaServer;
import dev.cutover.transport.Connection;
import dev.cutover.transport.RealHostContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** This machine as an embedded Apache MINA SSHD shows it. */
@Tag("proof")
@Timeout(600)
class MinaHostTest extends RealHostContract {

  private static MinaServer server;

  @BeforeAll
  static void serve(@TempDir Path directory) {
    server = MinaServer.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected Connection connect() {
    return new SshConnector(server.options(MinaServer.PASSWORD)).open(server.target(Path.of("/")));
  }
}
