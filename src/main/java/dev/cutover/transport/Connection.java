package dev.cutover.transport;

import dev.cutover.domain.RemotePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What a transport offers to the host scripts: a shell, a pipe, new files, and sockets. Each wait
 * has a deadline; a link that breaks or stays silent for it ends in {@link
 * dev.cutover.error.HostLostException}.
 */
public interface Connection extends AutoCloseable {

  /** How a remote process ended; no status when the server told none. */
  record Exit(OptionalInt status, String stderr) {}

  /** Writes a stream of data into a remote process. */
  @FunctionalInterface
  interface DataWriter {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A long-lived remote shell that takes lines on its stdin once its script has said something. */
  interface Feed extends AutoCloseable {
    /** Sends one line; silently does nothing when the remote side has gone. */
    void send(String line);

    boolean open();

    /** Ends its stdin, and so the script. */
    @Override
    void close();
  }

  /**
   * Runs {@code /bin/sh -s} with {@code script} on its stdin, whose end follows the script.
   *
   * @param silence how long the process may write nothing before the link counts as lost
   * @param out hears each line of stdout as it comes, without its newline
   */
  Exit run(String script, Duration silence, Consumer<String> out);

  /** Tells that the next script is the last for now: nothing need stand ready for another. */
  default void finishing() {}

  /**
   * Tells that {@link #pipe} will be called with this very command, which must do nothing until it
   * is sent data. What it takes to start it need not be waited for then.
   */
  default void prepare(String command) {}

  /**
   * Runs {@code command}, which any login shell must read alike, with data on its stdin.
   *
   * @param silence how long neither a byte may be taken nor the exit come
   */
  Exit pipe(String command, DataWriter data, Duration silence);

  /**
   * Like {@link #pipe}, for one more at the same time, where the host grants one.
   *
   * @return empty when it does not; nothing was written then
   */
  default Optional<Exit> pipeBeside(String command, DataWriter data, Duration silence) {
    return Optional.empty();
  }

  /** Starts {@code /bin/sh -s} with {@code script} and leaves its stdin open for lines. */
  Feed open(String script, Consumer<String> out);

  /**
   * Writes one new file through VFS; its directory is made when missing.
   *
   * @throws NoSftpException if the host cannot do that, and others would fare alike
   */
  void put(RemotePath file, InputStream content);

  /** Whether {@link #connect} works, tried once with a port that is certainly harmless. */
  boolean forwards();

  /** A connection to an address as the host sees it. */
  Socket connect(String address, int port, Duration timeout) throws IOException;

  @Override
  void close();
}
