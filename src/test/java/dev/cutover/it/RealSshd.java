package dev.cutover.it;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Debian's own {@code sshd} on a free port of the loopback interface, for the user who runs the
 * test and a key made for it. Its files lie in {@code <basedir>/ssh}.
 */
public final class RealSshd implements AutoCloseable {
  private static final Path BINARY = Path.of("/usr/sbin/sshd");

  private final Process process;
  private final Thread atExit;

  private RealSshd(Process process) {
    this.process = process;
    this.atExit = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Whether it can be started; says what is missing otherwise. */
  public static boolean installed() {
    if (Files.isExecutable(BINARY)) {
      return true;
    }
    System.out.println(
        "skipped: " + BINARY + " is missing; on Debian: apt-get install openssh-server");
    return false;
  }

  /**
   * Starts one and writes {@code test.properties}: {@code it.port}, {@code it.user}, {@code it.key}
   * and {@code deploy.knownHosts}.
   */
  public static RealSshd start(File basedir) throws IOException, InterruptedException {
    Path ssh = Files.createDirectories(basedir.toPath().toAbsolutePath().resolve("ssh"));
    keygen(ssh.resolve("host_key"));
    keygen(ssh.resolve("user_key"));
    String user = System.getProperty("user.name");
    if (user.equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    int port = freePort();
    Path config = ssh.resolve("sshd_config");
    Files.writeString(
        config,
        String.join(
            "\n",
            "ListenAddress 127.0.0.1:" + port,
            "HostKey \"" + ssh.resolve("host_key") + "\"",
            "AuthorizedKeysFile \"" + ssh.resolve("user_key.pub") + "\"",
            "PidFile none",
            "StrictModes no",
            "UsePAM no",
            "PasswordAuthentication no",
            "PermitRootLogin prohibit-password",
            "Subsystem sftp internal-sftp",
            // Bash under sshd reads ~/.bashrc, whatever that does, unless it takes itself for
            // nested.
            "SetEnv SHLVL=3",
            ""));
    Process process =
        new ProcessBuilder(BINARY.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(ssh.resolve("sshd.log").toFile())
            .start();
    RealSshd sshd = new RealSshd(process);
    try {
      sshd.awaitPort(port, ssh.resolve("sshd.log"));
      String hostKey = Files.readString(ssh.resolve("host_key.pub")).strip();
      Files.writeString(ssh.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + hostKey + "\n");
      Properties properties = new Properties();
      properties.setProperty("it.port", Integer.toString(port));
      properties.setProperty("it.user", user);
      properties.setProperty("it.key", ssh.resolve("user_key").toString());
      properties.setProperty("deploy.knownHosts", ssh.resolve("known_hosts").toString());
      TestProperties.write(basedir, properties);
      return sshd;
    } catch (IOException | InterruptedException e) {
      sshd.close();
      throw e;
    }
  }

  /** A port that was free a moment ago. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitPort(int port, Path log) throws IOException, InterruptedException {
    for (int tries = 0; tries < 100; tries++) {
      if (!process.isAlive()) {
        throw new IOException("sshd did not start:\n" + Files.readString(log));
      }
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    throw new IOException("sshd does not listen:\n" + Files.readString(log));
  }

  private static void keygen(Path file) throws IOException, InterruptedException {
    Files.deleteIfExists(file);
    Process process =
        new ProcessBuilder(
                List.of(
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-C",
                    "it",
                    "-f",
                    file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("ssh-keygen ended with " + process.exitValue());
    }
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while sshd ended", e);
    }
  }
}
