package dev.cutover.transport.local;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Tells after each write that bytes have moved, and whether it was the reader that failed. */
final class CountingOutput extends FilterOutputStream {

  private final Runnable moved;
  private boolean broken;

  CountingOutput(OutputStream out, Runnable moved) {
    super(out);
    this.moved = moved;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    broken = true;
    out.write(bytes, offset, length);
    broken = false;
    moved.run();
  }

  @Override
  public void close() throws IOException {
    broken = true;
    super.close();
    broken = false;
  }

  /** Whether the last thing that was done to it failed: whoever reads it has gone. */
  boolean broken() {
    return broken;
  }
}
