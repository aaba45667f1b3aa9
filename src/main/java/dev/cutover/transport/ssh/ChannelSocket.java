package dev.cutover.transport.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connected socket whose other end is dialled by the host (direct-tcpip). It is enough of a
 * {@link Socket} for an HTTP client, for TLS layered over it, and for another SSH session.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // Nothing here waits with a lock held.
final class ChannelSocket extends Socket {

  /** The host does not allow forwarding at all, as opposed to nobody listening there. */
  static final class ProhibitedException extends ConnectException {
    private static final long serialVersionUID = 1L;

    ProhibitedException(String message) {
      super(message);
    }
  }

  /** RFC 4254, 5.1: administratively prohibited. */
  private static final int PROHIBITED = 1;

  private final String address;
  private final int port;
  private final ChannelDirectTCPIP channel;
  private final Mailbox received;
  private final InputStream in = new Input();
  private final OutputStream out;
  private volatile int timeout;
  private volatile boolean closed;

  private ChannelSocket(String address, int port, ChannelDirectTCPIP channel) throws IOException {
    this.address = address;
    this.port = port;
    this.channel = channel;
    this.received = new Mailbox(channel::isConnected);
    this.out = new Output(channel.getOutputStream());
  }

  /**
   * Dials.
   *
   * @throws ProhibitedException if the host forbids forwarding
   * @throws ConnectException if nobody answers there
   */
  static ChannelSocket dial(Session session, String address, int port, Duration timeout)
      throws IOException {
    String to = address + ":" + port + " as " + session.getHost() + " sees it";
    try {
      ChannelDirectTCPIP channel = (ChannelDirectTCPIP) session.openChannel("direct-tcpip");
      if (channel == null) {
        throw new SocketException("the SSH session is down");
      }
      channel.setHost(address);
      channel.setPort(port);
      ChannelSocket socket = new ChannelSocket(address, port, channel);
      channel.setOutputStream(socket.received);
      long started = System.nanoTime();
      try {
        channel.connect((int) Math.max(1, timeout.toMillis()));
      } catch (JSchException e) {
        throw refused(channel, to, timeout, System.nanoTime() - started, e);
      }
      return socket;
    } catch (JSchException e) {
      throw new SocketException("the SSH session is down: " + e.getMessage());
    }
  }

  private static IOException refused(
      ChannelDirectTCPIP channel, String to, Duration timeout, long took, JSchException cause) {
    int reason = channel.getExitStatus();
    if (reason == PROHIBITED) {
      return new ProhibitedException("the host forbids forwarding to " + to);
    }
    if (reason < 0 && took >= timeout.toNanos()) {
      return new SocketTimeoutException(
          "no connection to " + to + " in " + timeout.toMillis() + "ms");
    }
    if (reason < 0) {
      SocketException down = new SocketException("the SSH session went down");
      down.initCause(cause);
      return down;
    }
    return new ConnectException("connection refused to " + to);
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public void connect(SocketAddress endpoint, int millis) throws IOException {
    throw new SocketException("already connected");
  }

  @Override
  public void close() {
    closed = true;
    received.close();
    channel.disconnect();
  }

  @Override
  public void shutdownOutput() throws IOException {
    out.close();
  }

  @Override
  public void shutdownInput() {
    received.close();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void setSoTimeout(int millis) {
    timeout = millis;
  }

  @Override
  public int getSoTimeout() {
    return timeout;
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // Every write is a packet of its own already.
  }

  @Override
  public boolean getTcpNoDelay() {
    return true;
  }

  @Override
  public void setKeepAlive(boolean on) {
    // The session keeps itself alive.
  }

  @Override
  public void setSoLinger(boolean on, int seconds) {
    // Closing a channel never waits.
  }

  /** The name is the host's to resolve; here it has no address. */
  @Override
  public @Nullable InetAddress getInetAddress() {
    return null;
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return InetSocketAddress.createUnresolved(address, port);
  }

  @Override
  public int getPort() {
    return port;
  }

  @Override
  public String toString() {
    return "ChannelSocket[" + address + ":" + port + "]";
  }

  private final class Input extends InputStream {
    private byte[] chunk = new byte[0];
    private int at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (at == chunk.length && !next()) {
        return -1;
      }
      int count = Math.min(length, chunk.length - at);
      System.arraycopy(chunk, at, to, offset, count);
      at += count;
      return count;
    }

    private boolean next() throws IOException {
      int millis = timeout;
      if (millis > 0 && !received.await(millis)) {
        throw new SocketTimeoutException("no data for " + millis + "ms");
      }
      Optional<byte[]> taken = received.take();
      if (closed) {
        throw new SocketException("Socket closed");
      }
      chunk = taken.orElse(new byte[0]);
      at = 0;
      return taken.isPresent();
    }

    @Override
    public int available() {
      return chunk.length - at + received.available();
    }

    @Override
    public void close() {
      ChannelSocket.this.close();
    }
  }

  private final class Output extends OutputStream {
    private final OutputStream to;

    Output(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (closed) {
        throw new SocketException("Socket closed");
      }
      to.write(bytes, offset, length);
      to.flush();
    }

    @Override
    public void close() throws IOException {
      to.close();
    }
  }
}
