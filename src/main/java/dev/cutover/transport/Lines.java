package dev.cutover.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts bytes into UTF-8 lines; a line beyond {@link #LONGEST} is cut there. */
public final class Lines {

  /** In bytes, and a chunk of what comes at once. */
  public static final int LONGEST = 8 << 20;

  private final Consumer<String> to;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  public Lines(Consumer<String> to) {
    this.to = to;
  }

  /** Hands over the lines that are whole. */
  public void add(byte[] bytes) {
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        line.write(bytes, from, i - from);
        hand();
        from = i + 1;
      }
    }
    line.write(bytes, from, bytes.length - from);
    if (line.size() >= LONGEST) {
      hand();
    }
  }

  /** Hands over a last line without a newline. */
  public void end() {
    if (line.size() > 0) {
      hand();
    }
  }

  private void hand() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    to.accept(text);
  }
}
