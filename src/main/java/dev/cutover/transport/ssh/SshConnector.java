package dev.cutover.transport.ssh;

import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Target;
import dev.cutover.error.HostRefusedException;
import dev.cutover.transport.Connection;
import dev.cutover.transport.Credentials;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostConnector;
import dev.cutover.transport.ScriptedHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens hosts over SSH, through jump hosts where ssh_config says so. */
public final class SshConnector implements HostConnector {

  private static final int MOST_JUMPS = 8;
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Pattern JUMP =
      Pattern.compile("(?:ssh://)?(?:([^@]+)@)?(\\[[^]]+]|[^:]+)(?::([0-9]{1,5}))?/?");

  private final SshOptions options;
  private final SshConfig config;
  private final SessionOpener opener;

  public SshConnector(SshOptions options) {
    this.options = options;
    this.config = new SshConfig(options.home(), options.notices());
    this.opener = new SessionOpener(options, new FirstUse(options.notices()));
  }

  /** Logs in to an {@code sftp:} target. */
  @Override
  public Host connect(Target target) {
    if (target instanceof Target.Ssh ssh) {
      return new ScriptedHost(ssh, open(ssh));
    }
    throw new IllegalArgumentException("not reached over SSH: " + target.url());
  }

  /**
   * Logs in.
   *
   * @throws HostRefusedException if a key, a user or a secret is not accepted
   * @throws dev.cutover.error.HostLostException if the host cannot be reached
   */
  public Connection open(Target.Ssh target) {
    Warmup.start();
    Chain chain = new Chain();
    try {
      SessionOpener.Opened opened = chain.reach(target);
      return new SshConnection(
          target.host(), opened.session(), opened.link(), SILENCE, chain::close);
    } catch (RuntimeException e) {
      chain.close();
      throw e;
    }
  }

  private Login login(Target.Ssh target) {
    HostSettings settings = config.of(target.host());
    Credentials credentials = options.credentials().apply(target);
    if (settings.proxyCommand() && settings.jumps().isEmpty()) {
      throw new HostRefusedException(
          target.host(),
          "ssh_config reaches it by a ProxyCommand, which is not run",
          "Use ProxyJump for it, which does the same without a command.",
          null);
    }
    String user =
        target
            .user()
            .or(credentials::user)
            .or(settings::user)
            .orElseGet(() -> System.getProperty("user.name", ""));
    int port = target.port().orElseGet(() -> settings.port().orElse(22));
    return new Login(target.host(), settings.hostName(), port, user, settings, credentials);
  }

  private KnownHosts knownHosts(Login login) {
    if (!options.knownHosts().isEmpty()) {
      return new KnownHosts(options.knownHosts());
    }
    List<Path> files = new ArrayList<>();
    login
        .settings()
        .knownHosts()
        .forEach(name -> files.add(login.settings().file(name, login.port(), login.user())));
    if (files.isEmpty()) {
      Path directory = options.home().resolve(".ssh");
      files.add(directory.resolve("known_hosts"));
      files.add(directory.resolve("known_hosts2"));
    }
    Path system = Path.of("/etc/ssh/ssh_known_hosts");
    if (Files.isReadable(system)) {
      files.add(system);
    }
    return new KnownHosts(files);
  }

  private static Target.Ssh jump(String host, String text) {
    Matcher parts = JUMP.matcher(text.strip());
    if (!parts.matches()) {
      throw new HostRefusedException(
          host,
          "ssh_config's ProxyJump '" + text + "' is not [user@]host[:port]",
          "Correct it in ~/.ssh/config.",
          null);
    }
    String port = parts.group(3);
    String name = parts.group(2).replaceAll("[\\[\\]]", "");
    return new Target.Ssh(
        name,
        Optional.ofNullable(parts.group(1)),
        port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)),
        new Target.Root.Absolute(new RemotePath("/")),
        "sftp://" + text.strip() + "/");
  }

  /** TCP to the first address that answers; no name is ever looked up backwards. */
  private Socket dial(String host, int port) throws IOException {
    IOException failure = new IOException("no address");
    for (InetAddress address : InetAddress.getAllByName(host)) {
      Socket socket = new Socket();
      try {
        socket.connect(
            new InetSocketAddress(address, port), (int) options.connectTimeout().toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  /** The jump hosts on the way to a target, closed in the reverse order. */
  private final class Chain {
    private final List<SessionOpener.Opened> hops = new ArrayList<>();
    private int jumps;

    SessionOpener.Opened reach(Target.Ssh target) {
      Login login = login(target);
      Link.Opener through = SshConnector.this::dial;
      for (String text : login.settings().jumps()) {
        through = over(jump(target.host(), text), through, hops.isEmpty());
      }
      return opener.open(login, knownHosts(login), through);
    }

    private Link.Opener over(Target.Ssh jump, Link.Opener through, boolean first) {
      if (++jumps > MOST_JUMPS) {
        throw new HostRefusedException(
            jump.host(), "more than " + MOST_JUMPS + " jump hosts in turn", "", null);
      }
      Login login = login(jump);
      // Only the first jump may have jumps of its own: the others are reached through it.
      SessionOpener.Opened hop =
          first && !login.settings().jumps().isEmpty()
              ? reach(jump)
              : opener.open(login, knownHosts(login), through);
      hops.add(hop);
      return (host, port) ->
          ChannelSocket.dial(hop.session(), host, port, options.connectTimeout());
    }

    void close() {
      for (int i = hops.size() - 1; i >= 0; i--) {
        hops.get(i).link().hangUp(hops.get(i).session());
      }
    }
  }
}
