package dev.cutover.transport.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Bytes on their way from the session's reader thread to the thread that wants them. JSch's own
 * pipes poll once a second and watch which thread reads; this one wakes at once. Holds at most
 * {@value #LIMIT} bytes and then makes the writer wait.
 */
final class Mailbox extends OutputStream {

  private static final int LIMIT = 8 << 20;

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final BooleanSupplier alive;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
  private int held;
  private boolean ended;

  /**
   * An empty mailbox.
   *
   * @param alive whether its channel still stands, looked at now and then: JSch tells the end of a
   *     channel, but passes over one that is just being opened when the session dies
   */
  Mailbox(BooleanSupplier alive) {
    this.alive = alive;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    byte[] copy = new byte[length];
    System.arraycopy(bytes, offset, copy, 0, length);
    lock.lock();
    try {
      while (held >= LIMIT && !ended) {
        changed.awaitUninterruptibly();
      }
      if (!ended && length > 0) {
        chunks.add(copy);
        held += length;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** No more will come; what is here can still be taken. */
  @Override
  public void close() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for bytes; empty at the end. */
  Optional<byte[]> take() {
    lock.lock();
    try {
      while (chunks.isEmpty() && !ended) {
        pause(LOOK_NANOS);
      }
      return poll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for bytes, or the end, at most so long.
   *
   * @return whether there is something to {@link #take} without waiting
   */
  boolean await(long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      while (chunks.isEmpty() && !ended) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        pause(Math.min(left, LOOK_NANOS));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // Its callers loop.
  private void pause(long nanos) {
    try {
      long left = changed.awaitNanos(nanos);
      if (left <= 0 && chunks.isEmpty() && !alive.getAsBoolean()) {
        ended = true;
      }
    } catch (InterruptedException e) {
      // Who is interrupted wants no more of it.
      Thread.currentThread().interrupt();
      ended = true;
    }
  }

  int available() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  private Optional<byte[]> poll() {
    byte[] chunk = chunks.poll();
    if (chunk == null) {
      return Optional.empty();
    }
    held -= chunk.length;
    changed.signalAll();
    return Optional.of(chunk);
  }
}
