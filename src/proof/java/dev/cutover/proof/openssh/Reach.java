package dev.cutover.proof.openssh;

import dev.cutover.app.Deployments;
import dev.cutover.app.Production;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Sleeper;
import dev.cutover.domain.Target;
import dev.cutover.domain.Ticker;
import dev.cutover.event.DeployListener;
import dev.cutover.testkit.app.ExampleApp;
import dev.cutover.testkit.server.OpenSshServer;
import dev.cutover.testkit.server.SshKeys;
import dev.cutover.transport.ScriptedHost;
import dev.cutover.transport.Stop;
import dev.cutover.transport.local.LocalConnection;
import dev.cutover.transport.ssh.SshConnector;
import dev.cutover.transport.ssh.SshOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a release root is reached.
 *
 * @param port of the server or of a proxy before it; 0: the root is on this machine
 * @param knownHosts knows the server by whatever port
 * @param keepAlive how long a link may be silent before it is asked
 */
public record Reach(int port, Path key, Path knownHosts, Path root, Duration keepAlive) {

  /** A server whose root is asked for as patiently as by default. */
  public static Reach of(OpenSshServer server, Path root) {
    Path known = server.knownHosts().resolveSibling("known_hosts_any_port");
    try {
      String key = Files.readString(server.hostKey());
      Files.writeString(known, "* " + key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Reach(server.port(), server.key(), known, root, Duration.ofSeconds(5));
  }

  public static Reach local(Path root) {
    return new Reach(0, root, root, root, Duration.ofSeconds(5));
  }

  public Reach through(int proxy) {
    return new Reach(proxy, key, knownHosts, root, keepAlive);
  }

  public Reach asking(Duration every) {
    return new Reach(port, key, knownHosts, root, every);
  }

  /** The target; its url is the same by whatever port it is reached. */
  public Target target() {
    Target.Root.Absolute at = new Target.Root.Absolute(new RemotePath(root.toString()));
    return port == 0
        ? new Target.Local(at, root.toUri().toString())
        : new Target.Ssh(
            "127.0.0.1",
            Optional.of(System.getProperty("user.name")),
            OptionalInt.of(port),
            at,
            "sftp://127.0.0.1" + root);
  }

  /**
   * What is released there, with a watchdog.
   *
   * @param work where its files are made
   * @param full with all that an application may have
   */
  public ExampleApp app(Path work, boolean full, int keep) {
    ExampleApp app = new ExampleApp(target(), work);
    return (full ? app.full() : app)
        .with(
            requests -> {
              requests.keep = keep;
              requests.watchdog = true;
            });
  }

  /** The goals of a new client, as Maven wires them, but watched. */
  public Deployments client(Moments moments, DeployListener listener, String owner) {
    return client(moments, listener, owner, Ticker.system());
  }

  /** One with a sense of its own of how long an owner of a lock has been silent. */
  public Deployments client(Moments moments, DeployListener listener, String owner, Ticker ticker) {
    SshOptions options = SshKeys.login(key, knownHosts);
    SshConnector ssh = new SshConnector(options.withTimeouts(Duration.ofSeconds(60), keepAlive));
    return Production.deployments(
        target ->
            new ScriptedHost(
                target,
                new WatchedConnection(
                    target instanceof Target.Ssh remote ? ssh.open(remote) : new LocalConnection(),
                    moments)),
        Clock.systemUTC(),
        Sleeper.system(),
        ticker,
        listener,
        owner,
        new Stop());
  }
}
