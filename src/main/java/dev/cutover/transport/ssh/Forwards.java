package dev.cutover.transport.ssh;

import com.jcraft.jsch.Session;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the host forwards, asked once: port 1 (tcpmux) of its loopback, where nobody listens. A
 * refused connection is a yes; an administrative refusal is a no.
 */
final class Forwards {

  private static final int HARMLESS_PORT = 1;

  private final Session session;
  private final Duration timeout;
  private Optional<Boolean> answer = Optional.empty();

  Forwards(Session session, Duration timeout) {
    this.session = session;
    this.timeout = timeout;
  }

  synchronized boolean allowed() {
    if (answer.isEmpty()) {
      answer = Optional.of(ask());
    }
    return answer.get();
  }

  private boolean ask() {
    try (Socket socket = ChannelSocket.dial(session, "127.0.0.1", HARMLESS_PORT, timeout)) {
      return socket.isConnected();
    } catch (ChannelSocket.ProhibitedException e) {
      return false;
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
