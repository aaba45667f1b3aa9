package dev.cutover.transport;

import dev.cutover.error.CutoverException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of this machine's loopback that leads to an address as a host sees it, until it is closed.
 * Each connection goes through the host's own connection.
 */
public final class PortForward implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int BACKLOG = 50;

  private final ServerSocket server;
  private final Host host;
  private final String address;
  private final int port;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

  private PortForward(ServerSocket server, Host host, String address, int port) {
    this.server = server;
    this.host = host;
    this.address = address;
    this.port = port;
  }

  /**
   * Opens one.
   *
   * @throws CutoverException if this machine gives no port
   */
  public static PortForward to(Host host, String address, int port) {
    try {
      ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      PortForward forward = new PortForward(server, host, address, port);
      daemon(forward::accept);
      return forward;
    } catch (IOException e) {
      throw new CutoverException("no local port can be had: " + e.getMessage(), "", e);
    }
  }

  /** The address to connect to. */
  public String localHost() {
    return server.getInetAddress().getHostAddress();
  }

  /** The port to connect to. */
  public int localPort() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        open.add(near);
        daemon(() -> join(near));
      }
    } catch (IOException e) {
      // Closed, or of no more use: whoever connects is refused, and says so.
      close(server);
    }
  }

  private void join(Socket near) {
    try (near;
        Socket far = host.connect(address, port, PATIENCE)) {
      open.add(far);
      Thread back = daemon(() -> pump(far, near));
      pump(near, far);
      back.join();
    } catch (IOException | CutoverException e) {
      // The near side is closed: the command finds its connection refused, and says so itself.
      open.remove(near);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private void close(Closeable end) {
    try {
      end.close();
    } catch (IOException e) {
      open.remove(end);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "cutover-forward");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() {
    open.forEach(this::close);
    close(server);
  }
}
