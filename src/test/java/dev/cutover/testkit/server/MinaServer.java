package dev.cutover.testkit.server;

import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Target;
import dev.cutover.transport.Credentials;
import dev.cutover.transport.Secret;
import dev.cutover.transport.ssh.SshOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * An embedded Apache MINA SSHD on loopback that runs real commands as the user who runs the test.
 * It accepts {@value #PASSWORD} as a password, by either method, and keys as {@code setup} says.
 */
public final class MinaServer implements AutoCloseable {

  public static final String PASSWORD = "correct horse";

  private final SshServer server;
  private final Path directory;

  private MinaServer(SshServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  public static MinaServer start(Path directory) {
    return start(directory, server -> {});
  }

  /**
   * Starts a server.
   *
   * @param setup changes it before it starts, e.g. its authentication methods
   */
  public static MinaServer start(Path directory, Consumer<SshServer> setup) {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    SimpleGeneratorHostKeyProvider keys =
        new SimpleGeneratorHostKeyProvider(directory.resolve("mina_host_key"));
    keys.setAlgorithm("EC");
    keys.setKeySize(256);
    server.setKeyPairProvider(keys);
    server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
    server.setKeyboardInteractiveAuthenticator(new DefaultKeyboardInteractiveAuthenticator());
    server.setPublickeyAuthenticator((user, key, session) -> false);
    server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    server.setCommandFactory(
        (channel, command) ->
            new ProcessShellFactory(command, "/bin/sh", "-c", command).createShell(channel));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    setup.accept(server);
    try {
      server.start();
      MinaServer started = new MinaServer(server, directory);
      started.writeKnownHosts(keys.loadKeys(null).iterator().next());
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Only the password method. */
  public static void passwordOnly(SshServer server) {
    server.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));
  }

  /** Only keyboard-interactive. */
  public static void keyboardOnly(SshServer server) {
    server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));
  }

  /** Any key, and nothing else. */
  public static void anyKey(SshServer server) {
    server.setPublickeyAuthenticator(
        (String user, PublicKey key, org.apache.sshd.server.session.ServerSession session) -> true);
    server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
  }

  private void writeKnownHosts(KeyPair key) throws IOException {
    String entry = SshdSocketAddress.toAddressString(server.getBoundAddresses().iterator().next());
    Files.writeString(
        knownHosts(),
        "[" + entry + "]:" + port() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n",
        StandardCharsets.US_ASCII);
  }

  public int port() {
    return server.getPort();
  }

  public Path knownHosts() {
    return directory.resolve("mina_known_hosts");
  }

  /** Somebody who knows this server, and a password that need not be the right one. */
  public SshOptions options(String password) {
    Credentials credentials =
        new Credentials(
            Optional.empty(),
            Optional.of(new Secret(password)),
            Optional.empty(),
            Optional.empty());
    return SshOptions.defaults()
        .withHome(Path.of("/nonexistent"), Map.of())
        .withKnownHosts(List.of(knownHosts()))
        .withCredentials(target -> credentials);
  }

  /** This server as a target. */
  public Target.Ssh target(Path root) {
    return new Target.Ssh(
        "127.0.0.1",
        Optional.of("tester"),
        OptionalInt.of(port()),
        new Target.Root.Absolute(new RemotePath(root.toString())),
        "sftp://tester@127.0.0.1:" + port() + root);
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
