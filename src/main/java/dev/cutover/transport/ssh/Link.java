package dev.cutover.transport.ssh;

import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The socket below one SSH session, which JSch cannot end by itself when a write hangs: its
 * keepalive needs the lock that the hanging writer holds, and {@code Session.disconnect} too. The
 * link times every write and closes the bare socket.
 */
final class Link implements SocketFactory {

  /** Opens the bare connection: TCP, or a channel of a jump host. */
  @FunctionalInterface
  interface Opener {
    Socket open(String host, int port) throws IOException;
  }

  private static final int NOTICED_MILLIS = 1000;

  private final Opener opener;
  private final Watchdog watchdog;
  private final Duration stall;
  private final CompletableFuture<Socket> dialled = new CompletableFuture<>();
  private volatile Optional<Socket> socket = Optional.empty();
  private volatile String lost = "";
  private volatile boolean writing;
  private volatile long writingSince;

  /**
   * A link not yet open.
   *
   * @param stall how long one write may take before the link counts as lost
   */
  Link(Opener opener, Watchdog watchdog, Duration stall) {
    this.opener = opener;
    this.watchdog = watchdog;
    this.stall = stall;
  }

  /** Opens the bare connection, in its own time; the session takes it when it comes to that. */
  void dial(String host, int port) {
    Thread thread = new Thread(() -> open(host, port), "Dial " + host);
    thread.setDaemon(true);
    thread.start();
  }

  private void open(String host, int port) {
    try {
      dialled.complete(opener.open(host, port));
    } catch (IOException | RuntimeException e) {
      dialled.completeExceptionally(e);
    }
  }

  /** What {@link #dial} opened, which must have been called with the same address. */
  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket opened = opened();
    watchdog.every(Duration.ofMillis(500), this::checkStall);
    socket = Optional.of(opened);
    return opened;
  }

  private Socket opened() throws IOException {
    try {
      return dialled.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException why ? why : new IOException(e.getCause());
    }
  }

  @Override
  public InputStream getInputStream(Socket from) throws IOException {
    return new BufferedInputStream(from.getInputStream(), 64 << 10);
  }

  @Override
  public OutputStream getOutputStream(Socket to) throws IOException {
    return new TimedOutput(to.getOutputStream());
  }

  Watchdog watchdog() {
    return watchdog;
  }

  /** Ends the link at once, without a word to the other side. */
  void abort(String why) {
    synchronized (this) {
      lost = reason(why);
    }
    var unused = dialled.thenAccept(Link::shut);
  }

  @SuppressWarnings("EmptyCatch")
  private static void shut(Socket open) {
    try {
      open.close();
    } catch (IOException alreadyGone) {
      // It is not ours any more, which is all that is wanted.
    }
  }

  boolean open() {
    return socket.map(open -> !open.isClosed()).orElse(false);
  }

  /**
   * Whether the link is gone after something failed. Who uses it may meet the break before the
   * thread that reads from it does, so that is given {@value #NOTICED_MILLIS} ms to notice.
   */
  boolean brokeNow() {
    long start = System.nanoTime();
    while (open() && System.nanoTime() - start < NOTICED_MILLIS * 1_000_000L) {
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return !open();
  }

  /**
   * Ends the session politely, and the link in any case, however long its writers hang. Once is
   * enough.
   */
  void hangUp(Session session) {
    if (watchdog.closed()) {
      return;
    }
    Watchdog.Watch watch = watchdog.watch(Duration.ofSeconds(2), () -> abort("closed while busy"));
    session.disconnect();
    watch.close();
    abort("closed");
    watchdog.close();
  }

  /** Why the link was ended here; otherwise {@code otherwise}. */
  String reason(String otherwise) {
    return lost.isEmpty() ? otherwise : lost;
  }

  private final class TimedOutput extends FilterOutputStream {
    TimedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      writingSince = System.nanoTime();
      writing = true;
      try {
        out.write(bytes, offset, length);
      } finally {
        writing = false;
      }
    }
  }

  private void checkStall() {
    if (writing && System.nanoTime() - writingSince > stall.toNanos()) {
      abort("the link took no data for " + stall.toSeconds() + "s");
    }
  }
}
