package dev.cutover.proof.openssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A TCP proxy on loopback that forwards so many bytes, both directions counted together, and then
 * once, for the connections there are, nothing more. What connects later goes through.
 */
final class CutProxy implements AutoCloseable {

  /** What becomes of the connections at the limit. */
  enum Then {
    /** Both sides are closed. */
    CUTS,
    /** Nothing is closed and nothing comes through: a black hole. */
    STALLS
  }

  private final ServerSocket server;
  private final int target;
  private final long limit;
  private final Then then;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private long bytes;
  private volatile boolean reached;

  CutProxy(int target, long limit, Then then) {
    this.target = target;
    this.limit = limit;
    this.then = then;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  synchronized long bytes() {
    return bytes;
  }

  boolean struck() {
    return reached;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket host = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(host);
        boolean doomed = !struck();
        daemon(() -> forward(client, host, doomed));
        daemon(() -> forward(host, client, doomed));
      } catch (IOException closed) {
        // The proxy closes, or the server does not listen.
      }
    }
  }

  private void forward(Socket from, Socket to, boolean doomed) {
    byte[] buffer = new byte[16 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        int allowed = doomed ? allowed(read) : read;
        out.write(buffer, 0, allowed);
        if (allowed < read) {
          strike(from, to);
          return;
        }
      }
      to.shutdownOutput();
    } catch (IOException cut) {
      shut(from);
      shut(to);
    }
  }

  /** How many of the next bytes may pass; fewer than asked for once the limit is reached. */
  private synchronized int allowed(int wanted) {
    long left = Math.max(0, limit - bytes);
    int passing = (int) Math.min(wanted, left);
    bytes += passing;
    return passing;
  }

  private void strike(Socket from, Socket to) {
    reached = true;
    if (then == Then.CUTS) {
      shut(from);
      shut(to);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "CutProxy");
    thread.setDaemon(true);
    thread.start();
  }

  @SuppressWarnings("EmptyCatch")
  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException already) {
      // Gone is gone.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(CutProxy::shut);
  }
}
