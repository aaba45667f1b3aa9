package dev.cutover.transport.local;

import dev.cutover.error.HostLostException;
import dev.cutover.transport.Connection;
import dev.cutover.transport.Connection.Exit;
import dev.cutover.transport.Lines;
import dev.cutover.transport.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One process of this machine: something writes to it, something reads it, none waits for ever. */
final class LocalProcess {

  private static final String HOST = "localhost";
  private static final int STDERR_LIMIT = 16_384;
  private static final int CHUNK = 16_384;

  /** That wait to be taken; the process waits then too. */
  private static final int CHUNKS = 64;

  private final Process process;

  /** Of stdout; one of no bytes: there is no more. */
  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS);

  private final StringBuilder stderr = new StringBuilder();
  private final Thread errors;
  private volatile long written;
  private volatile boolean ended;
  private volatile Optional<IOException> unread = Optional.empty();

  private LocalProcess(Process process) {
    this.process = process;
    thread("out", this::readOutput);
    this.errors = thread("err", this::readErrors);
  }

  static LocalProcess start(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Surroundings.withoutOurs(builder.environment());
    builder.environment().putAll(environment);
    try {
      return new LocalProcess(builder.start());
    } catch (IOException e) {
      throw new HostLostException(HOST, command.get(0) + " cannot be started", e);
    }
  }

  void feed(String script) {
    feed(out -> out.write(script.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes everything to stdin, then ends it; {@link #follow} tells how that went. */
  void feed(Connection.DataWriter data) {
    thread(
        "in",
        () -> {
          try (CountingOutput out = new CountingOutput(process.getOutputStream(), this::moved)) {
            write(data, out);
          } catch (IOException e) {
            // It stopped reading: its exit status and its stderr say why. Tar reads no padding.
          }
        });
  }

  private void write(Connection.DataWriter data, CountingOutput out) throws IOException {
    try {
      data.writeTo(out);
    } catch (IOException e) {
      // Before the process can see the end.
      unread = out.broken() ? Optional.empty() : Optional.of(e);
      throw e;
    }
  }

  /** Writes and leaves stdin open. */
  synchronized void write(String text) throws IOException {
    OutputStream out = process.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Hears every line until stdout ends, then waits for the exit. */
  Exit follow(Duration silence, Consumer<String> out) {
    try {
      Lines lines = new Lines(out);
      for (byte[] said = next(silence); said.length > 0; said = next(silence)) {
        lines.add(said);
      }
      lines.end();
      if (!process.waitFor(silence.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new HostLostException(HOST, "a process did not end", null);
      }
      errors.join(1000);
      synchronized (stderr) {
        return new Exit(OptionalInt.of(process.exitValue()), stderr.toString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostLostException(HOST, "interrupted", e);
    }
  }

  /** Why the data that should go in could not be read here, if it could not. */
  Optional<IOException> unread() {
    return unread;
  }

  void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has gone already.
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  void end() {
    ended = true;
    process.destroy();
  }

  private byte[] next(Duration silence) throws InterruptedException {
    long before;
    do {
      before = written;
      byte @Nullable [] said = chunks.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
      if (said != null) {
        return said;
      }
    } while (written != before);
    throw new HostLostException(HOST, "nothing was heard for " + silence.toSeconds() + " s", null);
  }

  private void moved() {
    written = System.nanoTime();
  }

  private void readOutput() {
    try (InputStream said = process.getInputStream()) {
      byte[] buffer = new byte[CHUNK];
      for (int read = said.read(buffer); read >= 0; read = said.read(buffer)) {
        tell(Arrays.copyOf(buffer, read));
      }
    } catch (IOException e) {
      // The process was ended from this side.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      tellEnd();
    }
  }

  /** Gives up when nobody takes it any more. */
  private void tell(byte[] said) throws InterruptedException {
    boolean taken;
    do {
      taken = chunks.offer(said, 1, TimeUnit.SECONDS);
    } while (!taken && !ended);
  }

  private void tellEnd() {
    try {
      tell(new byte[0]);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readErrors() {
    try (InputStreamReader reader =
        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8)) {
      char[] buffer = new char[4096];
      for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
        synchronized (stderr) {
          stderr.append(buffer, 0, Math.min(read, Math.max(0, STDERR_LIMIT - stderr.length())));
        }
      }
    } catch (IOException e) {
      // The process was ended from this side.
    }
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, "cutover-local-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
