package dev.cutover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Reads a file again and again, opening it anew each time; it must always be there and whole. */
final class Reader implements AutoCloseable {

  private final Path file;
  private final long size;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final Thread thread = new Thread(this::read, "reader");
  private volatile boolean closed;

  private Reader(Path file, long size) {
    this.file = file;
    this.size = size;
  }

  static Reader of(Path file) throws IOException {
    Reader reader = new Reader(file, Files.size(file));
    reader.thread.setDaemon(true);
    reader.thread.start();
    return reader;
  }

  private void read() {
    while (!closed) {
      reads.incrementAndGet();
      try {
        if (Files.readAllBytes(file).length != size) {
          failures.incrementAndGet();
        }
      } catch (IOException e) {
        failures.incrementAndGet();
      }
    }
  }

  long reads() {
    return reads.get();
  }

  long failures() {
    return failures.get();
  }

  /** Ends the reading; after it the counts stand still. */
  void stop() throws InterruptedException {
    closed = true;
    thread.join();
  }

  @Override
  public void close() {
    closed = true;
  }
}
