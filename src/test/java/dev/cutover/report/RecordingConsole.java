package dev.cutover.report;

import java.util.ArrayList;
import java.util.List;

/** Keeps lines as Maven prints them. */
final class RecordingConsole implements Console {

  private final List<String> lines = new ArrayList<>();

  @Override
  public void info(String line) {
    lines.add("[INFO] " + line);
  }

  @Override
  public void warn(String line) {
    lines.add("[WARNING] " + line);
  }

  @Override
  public void error(String line) {
    lines.add("[ERROR] " + line);
  }

  List<String> lines() {
    return lines;
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }
}
