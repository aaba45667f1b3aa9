package dev.cutover.transport.ssh;

import dev.cutover.transport.Connection;
import dev.cutover.transport.Lines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A remote shell whose stdin stays open. Lines are held back until the script has said something: a
 * shell that still reads its script would take them for a part of it.
 */
final class ScriptFeed implements Connection.Feed {

  private final RemoteProcess process;
  private final List<String> waiting = new ArrayList<>();
  private boolean spoke;

  ScriptFeed(RemoteProcess process, String script, Consumer<String> out, String host)
      throws IOException {
    this.process = process;
    write(script.endsWith("\n") ? script : script + "\n");
    Thread listener = new Thread(() -> listen(out), "Feed of " + host);
    listener.setDaemon(true);
    listener.start();
  }

  private void listen(Consumer<String> out) {
    Lines lines =
        new Lines(
            line -> {
              release();
              out.accept(line);
            });
    for (Optional<byte[]> chunk = process.out().take();
        chunk.isPresent();
        chunk = process.out().take()) {
      lines.add(chunk.get());
    }
    lines.end();
  }

  private synchronized void release() {
    if (!spoke) {
      spoke = true;
      waiting.forEach(this::quietly);
      waiting.clear();
    }
  }

  @Override
  public synchronized void send(String line) {
    if (spoke) {
      quietly(line);
    } else {
      waiting.add(line);
    }
  }

  @SuppressWarnings("EmptyCatch")
  private void quietly(String line) {
    try {
      write(line + "\n");
    } catch (IOException gone) {
      // The contract: lines to a shell that has gone are dropped; open() tells.
    }
  }

  private void write(String text) throws IOException {
    OutputStream in = process.in();
    in.write(text.getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  @Override
  public boolean open() {
    return process.alive();
  }

  @Override
  @SuppressWarnings("EmptyCatch")
  public synchronized void close() {
    try {
      process.in().close();
    } catch (IOException gone) {
      // Its stdin has ended already.
    }
  }
}
