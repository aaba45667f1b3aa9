package dev.cutover.transport.ssh;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last 64 KiB of what is written. */
final class Tail extends OutputStream {

  private static final int LIMIT = 64 << 10;

  private final byte[] ring = new byte[LIMIT];
  private final Runnable heard;
  private final Runnable closed;
  private long written;

  /**
   * A tail that tells when something came.
   *
   * @param closed called when the channel ends, however it ends
   */
  Tail(Runnable heard, Runnable closed) {
    this.heard = heard;
    this.closed = closed;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    for (int i = 0; i < length; i++) {
      ring[(int) (written++ % LIMIT)] = bytes[offset + i];
    }
    heard.run();
  }

  @Override
  public void close() {
    closed.run();
  }

  synchronized String text() {
    if (written <= LIMIT) {
      return new String(ring, 0, (int) written, StandardCharsets.UTF_8);
    }
    int at = (int) (written % LIMIT);
    byte[] straight = new byte[LIMIT];
    System.arraycopy(ring, at, straight, 0, LIMIT - at);
    System.arraycopy(ring, 0, straight, LIMIT - at, at);
    return "…" + new String(straight, StandardCharsets.UTF_8);
  }
}
