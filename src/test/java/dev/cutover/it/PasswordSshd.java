package dev.cutover.it;

import dev.cutover.testkit.server.MinaServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.sshd.server.SshServer;

/**
 * An embedded SSH server that takes a password, which Debian's own does not without its system's
 * accounts. The user is {@code deployer}, the password {@code right}.
 */
public final class PasswordSshd {

  private PasswordSshd() {}

  /**
   * Starts one and writes {@code test.properties}: {@code it.port}, {@code it.user} and {@code
   * deploy.knownHosts}, which knows its key.
   */
  public static MinaServer start(File basedir) throws IOException {
    MinaServer server = MinaServer.start(directory(basedir, "ssh"), PasswordSshd::setUp);
    Properties properties = new Properties();
    properties.setProperty("it.port", Integer.toString(server.port()));
    properties.setProperty("it.user", "deployer");
    properties.setProperty("deploy.knownHosts", server.knownHosts().toString());
    TestProperties.write(basedir, properties);
    return server;
  }

  /** As {@link #start}, but {@code deploy.knownHosts} knows another key: the server's changed. */
  public static MinaServer startWithChangedKey(File basedir) throws IOException {
    MinaServer server = start(basedir);
    try (MinaServer other = MinaServer.start(directory(basedir, "ssh-before"))) {
      String known = Files.readString(other.knownHosts());
      Files.writeString(
          server.knownHosts(), known.replace("]:" + other.port(), "]:" + server.port()));
    }
    return server;
  }

  private static void setUp(SshServer server) {
    MinaServer.passwordOnly(server);
    server.setPasswordAuthenticator(
        (user, password, session) -> user.equals("deployer") && password.equals("right"));
  }

  private static Path directory(File basedir, String name) throws IOException {
    return Files.createDirectories(basedir.toPath().toAbsolutePath().resolve(name));
  }
}
