package dev.cutover.health;

import dev.cutover.transport.OpListener;

/** Keeps the last line a command wrote that says anything. */
final class LastLine implements OpListener {

  private volatile String line = "";

  @Override
  public void output(int index, String written) {
    line = written.isBlank() ? line : written;
  }

  /** The line, or the last of {@code message}, as the end of a sentence; empty if neither is. */
  String orElse(String message) {
    String last = line;
    if (last.isEmpty()) {
      String stripped = message.strip();
      last = stripped.substring(stripped.lastIndexOf('\n') + 1);
    }
    return last.isBlank() ? "" : ": " + Words.brief(last);
  }
}
