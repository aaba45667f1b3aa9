package dev.cutover.bundle;

import dev.cutover.bundle.BundleSpec.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The modes of one item's files: from configuration alone, never from a file system. */
final class FileModes {

  static final int PLAIN = 0644;
  static final int EXECUTABLE = 0755;
  private static final int OWNER_READS = 0400;

  private final List<Pattern> executables;
  private final int otherwise;

  private FileModes(List<Pattern> executables, int otherwise) {
    this.executables = executables;
    this.otherwise = otherwise;
  }

  /** Reads what {@code item} says of modes. */
  static FileModes of(Item item, Problems problems) {
    List<Pattern> executables = new ArrayList<>();
    for (String glob : item.executables()) {
      try {
        executables.add(Glob.compile(glob));
      } catch (PatternSyntaxException e) {
        problems.add(
            item.place() + "<executables>",
            Names.shown(glob) + " is not a glob: " + e.getDescription());
      }
    }
    int mode = item.mode().orElse(PLAIN);
    if (mode < 0 || mode > 0777 || (mode & OWNER_READS) == 0) {
      problems.add(
          item.place() + "<mode>",
          "%o is not a mode from 400 to 777 that lets the owner read".formatted(mode));
    }
    return new FileModes(List.copyOf(executables), mode);
  }

  /** The mode of the file at {@code path} below the item's {@code as}. */
  int of(String path) {
    return executables.stream().anyMatch(glob -> glob.matcher(path).matches())
        ? EXECUTABLE
        : otherwise;
  }
}
