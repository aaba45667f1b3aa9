package dev.cutover.report;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The terminal's last line, where a bar stands. The bar's own thread draws, other threads print
 * lines: each waits for the other.
 */
final class BarScreen implements ProgressBarConsumer {

  /** Narrower than any terminal in use: a bar that wraps cannot be wiped. */
  private static final int WIDTH = 79;

  private final PrintWriter terminal;
  private boolean drawn;

  BarScreen(PrintWriter terminal) {
    this.terminal = terminal;
  }

  /** Wipes the bar, then prints; the bar comes back with its next redraw. */
  synchronized void above(Runnable print) {
    wipe();
    print.run();
  }

  @Override
  public int getMaxRenderedLength() {
    return WIDTH;
  }

  @Override
  public synchronized void accept(String bar) {
    terminal.print("\r" + Table.pad(bar, WIDTH));
    terminal.flush();
    drawn = true;
  }

  @Override
  public synchronized void clear() {
    wipe();
  }

  @Override
  public synchronized void close() {
    wipe();
  }

  private void wipe() {
    if (drawn) {
      terminal.print("\r" + " ".repeat(WIDTH) + "\r");
      terminal.flush();
      drawn = false;
    }
  }
}
