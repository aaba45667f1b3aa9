package dev.cutover.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.domain.Target;
import dev.cutover.error.HostRefusedException;
import dev.cutover.testkit.server.ClosedPort;
import dev.cutover.testkit.server.OpenSshServer;
import dev.cutover.transport.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sockets that the host dials. */
@Timeout(600)
class SshForwardTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Path directory;
  private OpenSshServer server;
  private ServerSocket listener;

  @BeforeEach
  void start(@TempDir Path scratch) throws IOException {
    directory = scratch;
    server = OpenSshServer.start(Files.createDirectory(scratch.resolve("sshd")));
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
    server.close();
  }

  private Connection open() {
    return new SshConnector(server.options()).open(server.target(directory));
  }

  @Test
  void bytesGoBothWaysUntilEitherEnds() throws IOException {
    try (Connection connection = open();
        Socket here = connection.connect("127.0.0.1", listener.getLocalPort(), PATIENCE);
        Socket there = listener.accept()) {
      here.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
      assertThat(there.getInputStream().readNBytes(4)).asString().isEqualTo("ping");
      here.shutdownOutput();
      assertThat(there.getInputStream().read()).isEqualTo(-1);
      byte[] much = new byte[3_000_000];
      Thread writer = new Thread(() -> answer(there, much));
      writer.start();
      assertThat(here.getInputStream().readAllBytes()).hasSize(much.length);
    }
  }

  private static void answer(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aReadTimesOutAndGoesOnAfterwards() throws IOException {
    try (Connection connection = open();
        Socket here = connection.connect("127.0.0.1", listener.getLocalPort(), PATIENCE);
        Socket there = listener.accept()) {
      here.setSoTimeout(50);
      assertThatThrownBy(() -> here.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      there.getOutputStream().write('x');
      here.setSoTimeout(5000);
      assertThat(here.getInputStream().read()).isEqualTo('x');
      shut(here);
      assertThatThrownBy(() -> here.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  private static void shut(Socket socket) throws IOException {
    socket.close();
  }

  @Test
  void nobodyListeningIsARefusalAndForwardingIsAllowed() {
    try (ClosedPort closed = new ClosedPort();
        Connection connection = open()) {
      assertThat(connection.forwards()).isTrue();
      assertThatThrownBy(() -> connection.connect("127.0.0.1", closed.number(), PATIENCE))
          .isInstanceOf(ConnectException.class)
          .isNotInstanceOf(ChannelSocket.ProhibitedException.class);
    }
  }

  @Test
  void aHostThatForbidsForwardingSaysSo() {
    server.close();
    server = OpenSshServer.start(directory.resolve("sshd"), "AllowTcpForwarding no");
    try (Connection connection = open()) {
      assertThat(connection.forwards()).isFalse();
      assertThatThrownBy(() -> connection.connect("127.0.0.1", listener.getLocalPort(), PATIENCE))
          .isInstanceOf(ChannelSocket.ProhibitedException.class);
    }
  }

  @Test
  void aHostIsReachedThroughTwoJumpHosts() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    Path home = Files.createDirectories(directory.resolve("home"));
    Files.createDirectory(home.resolve(".ssh"));
    try (OpenSshServer jump = OpenSshServer.start(other)) {
      Files.copy(
          server.authorizedKeys(), jump.authorizedKeys(), StandardCopyOption.REPLACE_EXISTING);
      Path known = home.resolve("known");
      Files.writeString(
          known, Files.readString(server.knownHosts()) + Files.readString(jump.knownHosts()));
      Files.writeString(
          home.resolve(".ssh/config"),
          """
          Host app
            HostName 127.0.0.1
            Port %d
            UserKnownHostsFile %s
            ProxyJump one,127.0.0.1:%d
          Host one
            HostName 127.0.0.1
            Port %d
          Host *
            IdentityFile %s
            User %s
            UserKnownHostsFile %s
          """
              .formatted(
                  server.port(),
                  known,
                  server.port(),
                  jump.port(),
                  server.key(),
                  server.user(),
                  known));
      SshOptions options = SshOptions.defaults().withHome(home, Map.of());
      Target.Ssh target =
          new Target.Ssh(
              "app",
              Optional.empty(),
              OptionalInt.empty(),
              server.target(directory).root(),
              "sftp://app/");
      try (Connection connection = new SshConnector(options).open(target)) {
        assertThat(connection.run("exit 9\n", PATIENCE, line -> {}).status()).hasValue(9);
      }
      assertThat(Files.readString(other.resolve("sshd.log"))).contains("Accepted publickey");
      Files.writeString(known, Files.readString(server.knownHosts()));
      assertThatThrownBy(() -> new SshConnector(options).open(target))
          .isInstanceOf(HostRefusedException.class)
          .hasMessageStartingWith("one: ");
    }
  }
}
