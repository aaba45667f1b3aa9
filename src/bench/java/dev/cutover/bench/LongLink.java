package dev.cutover.bench;

import dev.cutover.testkit.link.DelayProxy;
import dev.cutover.testkit.server.OpenSshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real sshd behind a proxy that delays each byte by 20 ms each way, TCP's handshake included, and
 * what clients need to know to log in there.
 */
final class LongLink implements AutoCloseable {

  static final Duration ROUND_TRIP = Duration.ofMillis(40);

  private final Path directory;
  private final OpenSshServer server;
  private final DelayProxy proxy;

  LongLink(Place place) throws IOException {
    directory = place.sub("sshd");
    // An empty home: what the start-up files of this machine's shell cost is not ours to measure.
    server = OpenSshServer.start(directory, "SetEnv HOME=" + place.sub("home"));
    proxy = new DelayProxy(server.port(), ROUND_TRIP.dividedBy(2), 0).dialDelay();
    String key = Files.readString(server.hostKey());
    Files.writeString(server.knownHosts(), "[127.0.0.1]:%d %s".formatted(proxy.port(), key));
    Files.writeString(
        config(),
        String.join(
            "\n",
            "Host far",
            "HostName 127.0.0.1",
            "Port " + proxy.port(),
            "User " + server.user(),
            "IdentityFile " + server.key(),
            "IdentitiesOnly yes",
            "UserKnownHostsFile " + server.knownHosts(),
            ""));
  }

  OpenSshServer server() {
    return server;
  }

  DelayProxy proxy() {
    return proxy;
  }

  /** An ssh_config for OpenSSH's client, in which this server is called {@code far}. */
  Path config() {
    return directory.resolve("ssh_config");
  }

  /** A shell command of a peer; {@code $SSH} is a client that reaches {@code far}. */
  Duration peer(String command) throws IOException, InterruptedException {
    return PeerTool.time(
        directory,
        Map.of("SSH", "ssh -F " + config()),
        List.of("bash", "-ec", "set -o pipefail; " + command));
  }

  /** The target of a root on this server. */
  String url(Path root) {
    return server.target(proxy.port(), root).url();
  }

  @Override
  public void close() {
    proxy.close();
    server.close();
  }
}
