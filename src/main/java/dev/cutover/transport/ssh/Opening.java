package dev.cutover.transport.ssh;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A remote process that is being started, while whoever wants it does something else. */
final class Opening implements AutoCloseable {

  private final CompletableFuture<RemoteProcess> process = new CompletableFuture<>();

  private Opening() {}

  static Opening of(Session session, String command) {
    return new Opening().start(() -> RemoteProcess.start(session, command));
  }

  /**
   * One that is tried a second time when the host refuses it.
   *
   * @param makeRoom ends what may be in its way
   */
  static Opening of(Session session, String command, Runnable makeRoom) {
    return new Opening()
        .start(
            () -> {
              try {
                return RemoteProcess.start(session, command);
              } catch (JSchException refused) {
                makeRoom.run();
                return RemoteProcess.startPatiently(session, command);
              }
            });
  }

  /** Starts a process, in its own time. */
  @FunctionalInterface
  private interface Starter {
    RemoteProcess start() throws JSchException, IOException;
  }

  private Opening start(Starter starter) {
    Thread thread = new Thread(() -> complete(starter), "Opening of a channel");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  private void complete(Starter starter) {
    try {
      process.complete(starter.start());
    } catch (JSchException | IOException | RuntimeException e) {
      process.completeExceptionally(e);
    }
  }

  /** Waits for the process; whether it could be started. */
  boolean came() {
    return process.handle((started, refused) -> refused == null).join();
  }

  /**
   * Waits for the process.
   *
   * @throws IOException if it could not be started
   */
  RemoteProcess process() throws IOException {
    try {
      return process.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Ends the process, now or as soon as it has come. */
  @Override
  public void close() {
    var unused = process.thenAccept(RemoteProcess::close);
  }
}
