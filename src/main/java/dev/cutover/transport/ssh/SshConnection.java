package dev.cutover.transport.ssh;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.cutover.domain.RemotePath;
import dev.cutover.error.CutoverException;
import dev.cutover.error.HostLostException;
import dev.cutover.transport.Connection;
import dev.cutover.transport.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One SSH session that serves exec, SFTP and forwarding, from any number of threads at once.
 *
 * <p>What it costs, counted through a delaying proxy with OpenSSH behind it: five round trips to be
 * logged in with a key, TCP's included, see {@link SessionOpener} ({@code ssh host true}: ten); a
 * script one, because its shell stands ready, see {@link SpareShell} (two otherwise); a stream by
 * {@link #pipe} four; a file by {@link #put} six, and its channel and directory a few more.
 */
final class SshConnection implements Connection {

  private final String host;
  private final Session session;
  private final Link link;
  private final Duration silence;
  private final Runnable below;
  private final Forwards forwards;
  private final SpareShell shells;
  private final Map<String, Opening> prepared = new ConcurrentHashMap<>();
  private Optional<Uploads> uploads = Optional.empty();

  /**
   * A connection over a session that is logged in.
   *
   * @param silence for waits that have no limit of their own
   * @param below closes what the session runs over, e.g. a jump host
   */
  SshConnection(String host, Session session, Link link, Duration silence, Runnable below) {
    this.host = host;
    this.session = session;
    this.link = link;
    this.silence = silence;
    this.below = below;
    this.forwards = new Forwards(session, silence);
    this.shells = new SpareShell(session);
    shells.prepare();
  }

  @Override
  public Exit run(String script, Duration patience, Consumer<String> out) {
    try (Watchdog.Watch watch = watch("said nothing", patience);
        RemoteProcess process = shell(watch)) {
      tell(process, script);
      Lines lines = new Lines(out);
      for (Optional<byte[]> chunk = process.out().take();
          chunk.isPresent();
          chunk = process.out().take()) {
        watch.touch();
        lines.add(chunk.get());
      }
      lines.end();
      return end(process);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  @Override
  public void finishing() {
    shells.finishing();
  }

  @Override
  public void prepare(String command) {
    prepared.computeIfAbsent(command, this::opening);
  }

  private Opening opening(String command) {
    return Opening.of(session, command, shells::giveUp);
  }

  @Override
  public Exit pipe(String command, DataWriter data, Duration patience) {
    Optional<Opening> ready = Optional.ofNullable(prepared.remove(command));
    try (Opening opening = ready.orElseGet(() -> opening(command))) {
      return pipe(opening, data, patience);
    }
  }

  @Override
  public Optional<Exit> pipeBeside(String command, DataWriter data, Duration patience) {
    try (Opening opening = Opening.of(session, command)) {
      if (opening.came()) {
        return Optional.of(pipe(opening, data, patience));
      }
      if (!session.isConnected()) {
        throw lost(null);
      }
      return Optional.empty();
    }
  }

  private Exit pipe(Opening opening, DataWriter data, Duration patience) {
    try (Watchdog.Watch watch = watch("took no data", patience)) {
      PipeOutput out = new PipeOutput(opening, watch);
      try {
        data.writeTo(out);
        out.end();
      } catch (IOException e) {
        if (!out.broken()) {
          throw new CutoverException(
              host + ": the data to send could not be read: " + e.getMessage(), "", e);
        }
        // The process ended before it took everything: its exit says why.
      }
      return end(opening.process());
    } catch (IOException e) {
      throw lost(e);
    }
  }

  @Override
  public Feed open(String script, Consumer<String> out) {
    try {
      return new ScriptFeed(shells.take(), script, out, host);
    } catch (JSchException | IOException e) {
      throw lost(e);
    }
  }

  @Override
  public void put(RemotePath file, InputStream content) {
    uploads().put(file, content, silence);
  }

  @Override
  public boolean forwards() {
    return forwards.allowed();
  }

  @Override
  public Socket connect(String address, int port, Duration timeout) throws IOException {
    try {
      return ChannelSocket.dial(session, address, port, timeout);
    } catch (IOException e) {
      if (!session.isConnected()) {
        // That says nothing about the address: only the way to the host is gone.
        throw lost(e);
      }
      throw e;
    }
  }

  /** Made when it is asked for: to set VFS up takes 80 ms, and a tar stream needs none. */
  private synchronized Uploads uploads() {
    Uploads made = uploads.orElseGet(() -> new Uploads(host, session, link, silence));
    uploads = Optional.of(made);
    return made;
  }

  @Override
  public void close() {
    synchronized (this) {
      uploads.ifPresent(Uploads::close);
    }
    link.hangUp(session);
    below.run();
  }

  private RemoteProcess shell(Watchdog.Watch watch) throws IOException {
    try {
      return shells.take().listen(watch::touch);
    } catch (JSchException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** A script that ends itself early does not read its rest: its exit says why. */
  @SuppressWarnings("EmptyCatch")
  private static void tell(RemoteProcess process, String script) {
    try {
      process.in().write(script.getBytes(StandardCharsets.UTF_8));
      process.in().close();
    } catch (IOException ended) {
      // The exit, or its absence, tells.
    }
  }

  private Exit end(RemoteProcess process) {
    try {
      return process.await().orElseThrow(() -> lost(null));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostLostException(host, "interrupted while a command ran", e);
    }
  }

  private Watchdog.Watch watch(String what, Duration patience) {
    String why = "the host " + what + " for " + patience.toSeconds() + "s";
    try {
      return link.watchdog().watch(patience, () -> link.abort(why));
    } catch (RejectedExecutionException closed) {
      // A host that was given up is asked once more what stands there, and is still lost.
      throw lost(closed);
    }
  }

  private HostLostException lost(@Nullable Exception cause) {
    return new HostLostException(host, link.reason("the connection was lost"), cause);
  }

  /** Touches the watch for every byte that is taken, and knows whose fault a failure is. */
  private static final class PipeOutput extends OutputStream {
    private final Opening to;
    private final Watchdog.Watch watch;
    private boolean broken;

    PipeOutput(Opening to, Watchdog.Watch watch) {
      this.to = to;
      this.watch = watch;
    }

    boolean broken() {
      return broken;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      broken = true;
      OutputStream in = in();
      for (int at = 0; at < length; at += 32 << 10) {
        in.write(bytes, offset + at, Math.min(32 << 10, length - at));
        watch.touch();
      }
      broken = false;
    }

    /** The writer may close what it was given; the end is sent once it has returned. */
    void end() throws IOException {
      broken = true;
      in().close();
      watch.touch();
    }

    private OutputStream in() throws IOException {
      return to.process().listen(watch::touch).in();
    }
  }
}
