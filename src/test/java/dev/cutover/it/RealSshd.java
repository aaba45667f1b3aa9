package dev.cutover.it;

import dev.cutover.testkit.server.OpenSshServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Properties;

/** Debian's own {@code sshd} for a project; its files lie in {@code <basedir>/ssh}. */
public final class RealSshd {

  private RealSshd() {}

  /** Whether it can be started; says what is missing otherwise. */
  public static boolean installed() {
    if (!OpenSshServer.installed()) {
      System.out.println("skipped: sshd is missing; on Debian: apt-get install openssh-server");
    }
    return OpenSshServer.installed();
  }

  /**
   * Starts one and writes {@code test.properties}: {@code it.port}, {@code it.user}, {@code it.key}
   * and {@code deploy.knownHosts}.
   */
  public static OpenSshServer start(File basedir) throws IOException {
    OpenSshServer server =
        OpenSshServer.start(
            Files.createDirectories(basedir.toPath().toAbsolutePath().resolve("ssh")));
    Properties properties = new Properties();
    properties.setProperty("it.port", Integer.toString(server.port()));
    properties.setProperty("it.user", server.user());
    properties.setProperty("it.key", server.key().toString());
    properties.setProperty("deploy.knownHosts", server.knownHosts().toString());
    TestProperties.write(basedir, properties);
    return server;
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    return OpenSshServer.freePort();
  }
}
