package dev.cutover.transport.ssh;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.util.Optional;

/**
 * Keeps one shell standing on the host, waiting for a script: opening its channel, and the login
 * shell's start-up files, then cost no time when the script comes. A script is one round trip
 * instead of two. A host that grants no second channel is not asked again.
 */
final class SpareShell {

  static final String COMMAND = "exec /bin/sh -s";

  private final Session session;
  private Optional<Opening> spare = Optional.empty();
  private boolean wanted = true;

  SpareShell(Session session) {
    this.session = session;
  }

  /** Asks for the next one; does not wait for it. */
  synchronized void prepare() {
    if (wanted && spare.isEmpty()) {
      spare = Optional.of(Opening.of(session, COMMAND));
    }
  }

  private synchronized Optional<Opening> remove() {
    Optional<Opening> removed = spare;
    spare = Optional.empty();
    return removed;
  }

  /** A shell that has read nothing yet: the spare one if it still stands. */
  RemoteProcess take() throws JSchException, IOException {
    Optional<Opening> taken = remove();
    if (taken.isPresent()) {
      try {
        RemoteProcess process = taken.get().process();
        if (process.alive()) {
          prepare();
          return process;
        }
      } catch (IOException refused) {
        giveUp();
      }
    }
    RemoteProcess process = RemoteProcess.startPatiently(session, COMMAND);
    prepare();
    return process;
  }

  /** Asks for no further one; what stands ready can still be taken. */
  synchronized void finishing() {
    wanted = false;
  }

  /** Makes room for another channel, for good, on a host that grants few; waits until it is. */
  void giveUp() {
    finishing();
    remove().ifPresent(SpareShell::end);
  }

  @SuppressWarnings("EmptyCatch")
  private static void end(Opening opening) {
    try (opening) {
      RemoteProcess process = opening.process();
      process.in().close();
      var unused = process.await();
    } catch (IOException notThere) {
      // Then it takes no room.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
