package dev.cutover.testkit.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Target;
import dev.cutover.testkit.time.Pause;
import dev.cutover.transport.ssh.SshOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real {@code sshd} on loopback with a configuration, host key and authorized_keys of its own,
 * for the user who runs the test. {@link #key} opens it; {@link #knownHosts} knows it.
 */
public final class OpenSshServer implements AutoCloseable {

  private static final Path SSHD = Path.of("/usr/sbin/sshd");
  private static final String TAKEN = "Address already in use";
  private static final int TRIES = 10;

  private final Path directory;
  private final int port;
  private final Process process;
  private final Thread ifKilled;

  private OpenSshServer(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
    ifKilled = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(ifKilled);
  }

  public static boolean installed() {
    return Files.isExecutable(SSHD);
  }

  /**
   * Starts a server, or skips the test where there is none.
   *
   * @param directory an empty directory that outlives the server
   * @param extra lines of sshd_config that come first, and so win
   */
  public static OpenSshServer start(Path directory, String... extra) {
    assumeTrue(installed(), "needs sshd (Debian: openssh-server)");
    try {
      Path hostKey = directory.resolve("host_ed25519");
      if (!Files.exists(hostKey)) {
        SshKeys.generate(hostKey);
        SshKeys.generate(directory.resolve("id"));
        Files.copy(directory.resolve("id.pub"), directory.resolve("authorized_keys"));
      }
      if (System.getProperty("user.name").equals("root")) {
        // Privilege separation wants it.
        Files.createDirectories(Path.of("/run/sshd"));
      }
      OpenSshServer server = listening(directory, extra);
      server.writeKnownHosts();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that was free may be another's by the time sshd asks for it: then it tries the next. */
  private static OpenSshServer listening(Path directory, String... extra) throws IOException {
    Path config = directory.resolve("sshd_config");
    for (int tries = 1; ; tries++) {
      int port = freePort();
      Files.writeString(config, config(directory, port, extra));
      Process process =
          new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("sshd.log").toFile())
              .start();
      OpenSshServer server = new OpenSshServer(directory, port, process);
      if (server.listens()) {
        return server;
      }
      String log = server.log();
      server.close();
      if (tries == TRIES || !log.contains(TAKEN)) {
        throw new IOException("sshd did not start: " + log);
      }
    }
  }

  private static String config(Path directory, int port, String... extra) {
    List<String> lines = new ArrayList<>(List.of(extra));
    lines.add("Port " + port);
    lines.add("ListenAddress 127.0.0.1");
    lines.add("HostKey \"" + directory.resolve("host_ed25519") + "\"");
    lines.add("AuthorizedKeysFile \"" + directory.resolve("authorized_keys") + "\"");
    lines.add("PidFile none");
    lines.add("UsePAM no");
    lines.add("StrictModes no");
    lines.add("PermitRootLogin yes");
    lines.add("PasswordAuthentication no");
    lines.add("KbdInteractiveAuthentication no");
    lines.add("UseDNS no");
    lines.add("Subsystem sftp internal-sftp");
    // Bash under sshd reads ~/.bashrc unless it takes itself for a nested shell. What there is in
    // that of whoever runs the tests is slow, and must not be killed half way (it may hold locks).
    lines.add("SetEnv SHLVL=3");
    return String.join("\n", lines) + "\n";
  }

  /** Waits until it says itself that it listens: who answers at the port may be another server. */
  private boolean listens() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!log().contains("Server listening on 127.0.0.1 port " + port + ".")) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        return false;
      }
      Pause.millis(20);
    }
    return true;
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("sshd.log"));
  }

  private void writeKnownHosts() throws IOException {
    String key = Files.readString(directory.resolve("host_ed25519.pub"), StandardCharsets.US_ASCII);
    Files.writeString(knownHosts(), "[127.0.0.1]:" + port + " " + key);
  }

  /**
   * A port nobody listens on just now; whoever starts a server there finds out whether it was in
   * time.
   */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** The processes that serve connections now; the one that listens is none of them. */
  public List<ProcessHandle> sessions() {
    return process.children().toList();
  }

  public Path key() {
    return directory.resolve("id");
  }

  public Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  /** The host key's public half, as a file. */
  public Path hostKey() {
    return directory.resolve("host_ed25519.pub");
  }

  public Path authorizedKeys() {
    return directory.resolve("authorized_keys");
  }

  public String user() {
    return System.getProperty("user.name");
  }

  /** Who may log in. */
  public SshOptions options() {
    return SshKeys.login(key(), knownHosts());
  }

  /** This server as a target. */
  public Target.Ssh target(Path root) {
    return target(port, root);
  }

  /** This server as a target, behind a proxy that listens on another port. */
  public Target.Ssh target(int through, Path root) {
    return new Target.Ssh(
        "127.0.0.1",
        Optional.of(user()),
        OptionalInt.of(through),
        new Target.Root.Absolute(new RemotePath(root.toString())),
        "sftp://" + user() + "@127.0.0.1:" + through + root);
  }

  /** Ends every session at once, as a reboot would; the server goes on listening. */
  public void killSessions() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** The server and everything its sessions run. */
  public List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  public boolean hasSessions() {
    return process.descendants().findAny().isPresent();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(ifKilled);
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    process.destroy();
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
