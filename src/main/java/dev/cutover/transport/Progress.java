package dev.cutover.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes of files on their way, from any thread, and tells now and then. */
final class Progress {

  private static final long STEP = 1 << 18;

  private final TransferListener listener;
  private final long total;
  private long done;
  private long told;

  Progress(TransferListener listener, long total) {
    this.listener = listener;
    this.total = total;
  }

  /** {@code content}, counted as it is read. */
  InputStream of(InputStream content) {
    return new FilterInputStream(content) {
      @Override
      public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
          moved(1);
        }
        return b;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
          moved(read);
        }
        return read;
      }
    };
  }

  synchronized void end() {
    listener.progress(done, total);
  }

  private synchronized void moved(long bytes) {
    done += bytes;
    if (done - told >= STEP) {
      told = done;
      listener.progress(done, total);
    }
  }
}
