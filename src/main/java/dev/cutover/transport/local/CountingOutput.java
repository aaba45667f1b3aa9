package dev.cutover.transport.local;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Tells after each write that bytes have moved. */
final class CountingOutput extends FilterOutputStream {

  private final Runnable moved;

  CountingOutput(OutputStream out, Runnable moved) {
    super(out);
    this.moved = moved;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    moved.run();
  }
}
