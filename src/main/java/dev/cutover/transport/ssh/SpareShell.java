package dev.cutover.transport.ssh;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Keeps one shell standing on the host, waiting for a script: opening its channel, and the login
 * shell's start-up files, then cost no time when the script comes. A script is one round trip
 * instead of two. A host that grants no second channel is not asked again.
 */
final class SpareShell {

  static final String COMMAND = "exec /bin/sh -s";

  private final Session session;
  private Optional<CompletableFuture<RemoteProcess>> spare = Optional.empty();
  private boolean wanted = true;

  SpareShell(Session session) {
    this.session = session;
  }

  /** Asks for the next one; does not wait for it. */
  synchronized void prepare() {
    if (wanted && spare.isEmpty()) {
      CompletableFuture<RemoteProcess> next = new CompletableFuture<>();
      spare = Optional.of(next);
      Thread opener = new Thread(() -> open(next), "Spare shell of " + session.getHost());
      opener.setDaemon(true);
      opener.start();
    }
  }

  private void open(CompletableFuture<RemoteProcess> next) {
    try {
      next.complete(RemoteProcess.start(session, COMMAND));
    } catch (JSchException | IOException | RuntimeException e) {
      synchronized (this) {
        wanted = false;
      }
      next.completeExceptionally(e);
    }
  }

  /** A shell that has read nothing yet: the spare one if it still stands. */
  RemoteProcess take() throws JSchException, IOException {
    Optional<CompletableFuture<RemoteProcess>> taken;
    synchronized (this) {
      taken = spare;
      spare = Optional.empty();
    }
    if (taken.isPresent()) {
      try {
        RemoteProcess process = taken.get().join();
        if (process.alive()) {
          prepare();
          return process;
        }
      } catch (CompletionException refused) {
        return RemoteProcess.start(session, COMMAND);
      }
    }
    RemoteProcess process = RemoteProcess.start(session, COMMAND);
    prepare();
    return process;
  }
}
