package dev.cutover.transport.local;

import dev.cutover.error.HostLostException;
import dev.cutover.transport.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** A local shell that goes on reading its stdin. */
final class LocalFeed implements Connection.Feed {

  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final LocalProcess process;
  private final Runnable end;

  LocalFeed(LocalProcess process, String script, Consumer<String> out, Runnable end) {
    this.process = process;
    this.end = end;
    send(script.stripTrailing());
    Thread reader = new Thread(() -> listen(out), "cutover-local-feed");
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  public void send(String line) {
    try {
      process.write(line + "\n");
    } catch (IOException e) {
      // It has gone: open() says so.
    }
  }

  @Override
  public boolean open() {
    return process.alive();
  }

  @Override
  public void close() {
    process.closeInput();
    end.run();
  }

  private void listen(Consumer<String> out) {
    try {
      process.follow(FOR_EVER, out);
    } catch (HostLostException e) {
      // Nobody waits for its end.
    }
  }
}
