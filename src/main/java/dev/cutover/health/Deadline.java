package dev.cutover.health;

import dev.cutover.error.CutoverException;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends network work when its time is up, whatever it waits for: a name server, a handshake, a body
 * that drips. The time-outs of sockets cannot do that, they begin anew with every byte.
 */
final class Deadline {

  private Deadline() {}

  /** Work that registers each socket it opens. */
  @FunctionalInterface
  interface Work<T> {
    T run(Sockets sockets) throws IOException;
  }

  /** The sockets of one piece of work; closed when it ends, and so is any that comes later. */
  static final class Sockets implements Closeable {
    private final List<Socket> open = new ArrayList<>();
    private boolean over;

    synchronized Socket add(Socket socket) {
      open.add(socket);
      if (over) {
        close();
      }
      return socket;
    }

    @Override
    public synchronized void close() {
      over = true;
      for (Socket socket : open) {
        try {
          socket.close();
        } catch (IOException e) {
          // Nothing more is asked of it.
        }
      }
    }
  }

  /**
   * Does {@code work}.
   *
   * @throws SocketTimeoutException if it did not end in time
   */
  static <T> T within(Duration limit, Work<T> work) throws IOException {
    try (Sockets sockets = new Sockets()) {
      FutureTask<T> task = new FutureTask<>(() -> work.run(sockets));
      Thread thread = new Thread(task, "cutover-health");
      thread.setDaemon(true);
      thread.start();
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("no answer in time");
    } catch (ExecutionException e) {
      throw rethrown(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CutoverException("interrupted while asking for health", "mvn deploy:status", e);
    }
  }

  private static IOException rethrown(Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }
}
