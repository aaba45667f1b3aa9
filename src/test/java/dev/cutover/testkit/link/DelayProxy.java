package dev.cutover.testkit.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A TCP proxy on loopback that behaves like a longer link: each byte arrives one {@code delay}
 * later, in both directions, at most at a bandwidth; it counts turns, and can be cut or go silent.
 *
 * <p>A connection through it is established at once, unlike over a real link: add one round trip
 * for TCP's handshake to what is measured, or ask {@link #dialDelay} for it.
 */
public final class DelayProxy implements AutoCloseable {

  private final ServerSocket server;
  private final int target;
  private final Duration delay;
  private final long bytesPerSecond;
  private final List<DelayPipe> pipes = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicBoolean stalled = new AtomicBoolean();
  private final Turns counted;
  private volatile boolean dialDelay;

  /** 20 ms each way and no limit to the bandwidth. */
  public DelayProxy(int target) {
    this(target, Duration.ofMillis(20), 0);
  }

  /**
   * A proxy before {@code 127.0.0.1:target}.
   *
   * @param delay one way
   * @param bytesPerSecond in each direction; 0: no limit
   */
  public DelayProxy(int target, Duration delay, long bytesPerSecond) {
    this.target = target;
    this.delay = delay;
    this.bytesPerSecond = bytesPerSecond;
    this.counted = new Turns(roundTrip());
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon("accept", this::accept);
  }

  private Duration roundTrip() {
    return delay.multipliedBy(2);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Delays the first byte from the server by one round trip more, for TCP's handshake. */
  public DelayProxy dialDelay() {
    dialDelay = true;
    return this;
  }

  /** Request/response turns, see {@link Turns}. */
  public long turns() {
    return counted.count();
  }

  /** Bytes that went to the server and came from it. */
  public long bytes() {
    return pipes.stream().mapToLong(DelayPipe::bytes).sum();
  }

  /** Starts the counting again. */
  public void resetTurns() {
    counted.reset();
  }

  /** Forwards nothing more and closes nothing: a black hole. */
  public void stall() {
    stalled.set(true);
  }

  /** Ends every connection through the proxy at once. */
  public void cut() {
    sockets.forEach(DelayProxy::shut);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket host = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(host);
        client.setTcpNoDelay(true);
        host.setTcpNoDelay(true);
        Duration first = dialDelay ? roundTrip() : Duration.ZERO;
        pipe(client, host, Duration.ZERO, counted::up, () -> {});
        pipe(host, client, first, () -> {}, counted::down);
      } catch (IOException closed) {
        // Either the proxy closes, or this one connection is refused by its closing.
      }
    }
  }

  private void pipe(Socket from, Socket to, Duration first, Runnable heard, Runnable delivered) {
    DelayPipe pipe =
        new DelayPipe(
            from, to, new DelayPipe.Speed(delay, first, bytesPerSecond), stalled, heard, delivered);
    pipes.add(pipe);
    daemon("read", pipe::read);
    daemon("write", pipe::write);
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, "DelayProxy " + name);
    thread.setDaemon(true);
    thread.start();
  }

  static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
