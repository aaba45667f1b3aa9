package dev.cutover.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Properties;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * An embedded SSH server that takes a password, which Debian's own does not without its system's
 * accounts. The user is {@code deployer}, the password {@code right}.
 */
public final class PasswordSshd implements AutoCloseable {
  private final SshServer server;
  private final KeyPair key;

  private PasswordSshd(SshServer server, KeyPair key) {
    this.server = server;
    this.key = key;
  }

  /**
   * Starts one and writes {@code test.properties}: {@code it.port}, {@code it.user} and {@code
   * deploy.knownHosts}, which knows its key.
   */
  public static PasswordSshd start(File basedir) throws IOException, GeneralSecurityException {
    KeyPair key = newKey();
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(key));
    server.setPasswordAuthenticator(
        (user, password, session) -> user.equals("deployer") && password.equals("right"));
    server.setCommandFactory(
        (channel, command) ->
            new ProcessShellFactory(command, "/bin/sh", "-c", command).createShell(channel));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.start();
    PasswordSshd sshd = new PasswordSshd(server, key);
    sshd.writeProperties(basedir, key);
    return sshd;
  }

  /** As {@link #start}, but {@code deploy.knownHosts} knows another key: the server's changed. */
  public static PasswordSshd startWithChangedKey(File basedir)
      throws IOException, GeneralSecurityException {
    PasswordSshd sshd = start(basedir);
    sshd.writeProperties(basedir, newKey());
    return sshd;
  }

  /** The key it shows, as a line of {@code known_hosts} has it after the host. */
  public String publicKey() {
    return PublicKeyEntry.toString(key.getPublic());
  }

  private void writeProperties(File basedir, KeyPair known) throws IOException {
    Path knownHosts = basedir.toPath().toAbsolutePath().resolve("known_hosts");
    Files.writeString(
        knownHosts,
        "[127.0.0.1]:%d %s%n"
            .formatted(server.getPort(), PublicKeyEntry.toString(known.getPublic())));
    Properties properties = new Properties();
    properties.setProperty("it.port", Integer.toString(server.getPort()));
    properties.setProperty("it.user", "deployer");
    properties.setProperty("deploy.knownHosts", knownHosts.toString());
    TestProperties.write(basedir, properties);
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
