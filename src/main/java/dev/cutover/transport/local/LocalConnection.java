package dev.cutover.transport.local;

import dev.cutover.domain.RemotePath;
import dev.cutover.error.CutoverException;
import dev.cutover.error.HostRefusedException;
import dev.cutover.transport.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** This machine, worked by the same scripts as any other host. */
public final class LocalConnection implements Connection {

  private static final String HOST = "localhost";

  /** What starts a POSIX shell from another one; here there is no other. */
  private static final Pattern FOR_ANY_LOGIN_SHELL = Pattern.compile("exec /bin/sh -c '([^']*)'");

  private final List<String> shell;
  private final Map<String, String> environment;
  private final Set<LocalProcess> running = ConcurrentHashMap.newKeySet();

  /**
   * This machine with its own shell.
   *
   * @throws HostRefusedException on Windows, which has none
   */
  public LocalConnection() {
    this(List.of("/bin/sh"), Map.of());
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
      throw new HostRefusedException(
          HOST,
          "a file: target needs a POSIX shell, and this is Windows",
          "Use an sftp:// target.",
          null);
    }
  }

  /** This machine with another shell, and variables that are set for it. */
  public LocalConnection(List<String> shell, Map<String, String> environment) {
    this.shell = List.copyOf(shell);
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Exit run(String script, Duration silence, Consumer<String> out) {
    LocalProcess process = start("-s");
    try {
      process.feed(script);
      return process.follow(silence, out);
    } finally {
      end(process);
    }
  }

  @Override
  public Exit pipe(String command, DataWriter data, Duration silence) {
    Matcher inner = FOR_ANY_LOGIN_SHELL.matcher(command);
    LocalProcess process = start("-c", inner.matches() ? inner.group(1) : command);
    try {
      process.feed(data);
      Exit exit = process.follow(silence, line -> {});
      if (process.unread().isPresent()) {
        IOException e = process.unread().get();
        throw new CutoverException(
            HOST + ": the data to send could not be read: " + e.getMessage(), "", e);
      }
      return exit;
    } finally {
      end(process);
    }
  }

  @Override
  public Feed open(String script, Consumer<String> out) {
    LocalProcess process = start("-s");
    return new LocalFeed(process, script, out, () -> end(process));
  }

  @Override
  public void put(RemotePath file, InputStream content) {
    Path path = Path.of(file.value());
    try {
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.copy(content, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CutoverException(HOST + ": " + file + " cannot be written: " + e, "", e);
    }
  }

  @Override
  public boolean forwards() {
    return true;
  }

  @Override
  public Socket connect(String address, int port, Duration timeout) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void close() {
    running.forEach(this::end);
  }

  private LocalProcess start(String... arguments) {
    List<String> command = new ArrayList<>(shell);
    command.addAll(List.of(arguments));
    LocalProcess process = LocalProcess.start(command, new HashMap<>(environment));
    running.add(process);
    return process;
  }

  private void end(LocalProcess process) {
    running.remove(process);
    process.end();
  }
}
