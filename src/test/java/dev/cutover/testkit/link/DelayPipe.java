package dev.cutover.testkit.link;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** One direction of a {@link DelayProxy} connection: a reader stamps bytes, a writer waits. */
final class DelayPipe {

  /** What may be in flight: 8 MiB, as TCP windows allow on a long link. */
  private static final int IN_FLIGHT = 8 << 20;

  /**
   * How fast.
   *
   * @param first added to the first bytes
   * @param bytesPerSecond 0: no limit
   */
  record Speed(Duration delay, Duration first, long bytesPerSecond) {}

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Chunk(byte[] bytes, int length, long due) {}

  private final Socket from;
  private final Socket to;
  private final Speed speed;
  private final AtomicBoolean stalled;
  private final Runnable heard;
  private final Runnable delivered;
  private final LinkedBlockingQueue<Chunk> queue = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(IN_FLIGHT);
  private final AtomicLong bytes = new AtomicLong();

  /**
   * A pipe.
   *
   * @param heard called when bytes have left {@code from}
   * @param delivered called when bytes have come to {@code to}
   */
  DelayPipe(
      Socket from,
      Socket to,
      Speed speed,
      AtomicBoolean stalled,
      Runnable heard,
      Runnable delivered) {
    this.from = from;
    this.to = to;
    this.speed = speed;
    this.stalled = stalled;
    this.heard = heard;
    this.delivered = delivered;
  }

  long bytes() {
    return bytes.get();
  }

  void read() {
    long free = 0;
    long opened = System.nanoTime() + speed.first().toNanos();
    try {
      while (true) {
        byte[] buffer = new byte[64 << 10];
        int length = from.getInputStream().read(buffer);
        if (length < 0) {
          break;
        }
        if (stalled.get()) {
          Thread.sleep(Long.MAX_VALUE);
        }
        heard.run();
        bytes.addAndGet(length);
        room.acquireUninterruptibly(length);
        long start = Math.max(Math.max(System.nanoTime(), opened), free);
        free = start + onTheWire(length);
        queue.add(new Chunk(buffer, length, free + speed.delay().toNanos()));
      }
    } catch (IOException cut) {
      // The end of this direction, as after its EOF.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.add(new Chunk(new byte[0], 0, System.nanoTime() + speed.delay().toNanos()));
  }

  private long onTheWire(int length) {
    return speed.bytesPerSecond() == 0
        ? 0
        : TimeUnit.SECONDS.toNanos(1) * length / speed.bytesPerSecond();
  }

  void write() {
    try {
      while (true) {
        Chunk chunk = queue.take();
        long wait = chunk.due() - System.nanoTime();
        if (wait > 0) {
          TimeUnit.NANOSECONDS.sleep(wait);
        }
        if (stalled.get()) {
          Thread.sleep(Long.MAX_VALUE);
        }
        if (chunk.length() == 0) {
          to.shutdownOutput();
          return;
        }
        delivered.run();
        to.getOutputStream().write(chunk.bytes(), 0, chunk.length());
        room.release(chunk.length());
      }
    } catch (IOException cut) {
      DelayProxy.shut(from);
      DelayProxy.shut(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
