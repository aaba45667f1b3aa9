package dev.cutover.transport.ssh;

import dev.cutover.testkit.server.OpenSshServer;
import dev.cutover.transport.Connection;
import dev.cutover.transport.RealHostContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** This machine as a real OpenSSH server shows it. */
@Tag("proof")
@Timeout(600)
class OpenSshHostTest extends RealHostContract {

  private static OpenSshServer server;

  @BeforeAll
  static void serve(@TempDir Path directory) {
    server = OpenSshServer.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected Connection connect() {
    return new SshConnector(server.options()).open(server.target(Path.of("/")));
  }
}
