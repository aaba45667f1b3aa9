package dev.cutover.bundle;

import dev.cutover.domain.Manifest;
import java.util.List;

/** The modes of a bundle as text, which goes into its digest and beside its manifest. */
final class Modes {

  private Modes() {}

  /**
   * A line {@code 0644 bin/app} a file in the order of the manifest, then a line {@code 0755 log/}
   * an empty directory.
   */
  static String text(List<Manifest.Entry> entries, List<String> emptyDirectories) {
    StringBuilder text = new StringBuilder();
    entries.forEach(e -> text.append("%04o  %s\n".formatted(e.mode(), e.path())));
    emptyDirectories.forEach(d -> text.append("%04o  %s/\n".formatted(FileModes.EXECUTABLE, d)));
    return text.toString();
  }
}
