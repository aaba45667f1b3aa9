package dev.cutover.proof;

import dev.cutover.domain.Digests;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalCodec;
import dev.cutover.domain.journal.JournalEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stands below a directory, as far as it means something: no times, of the journal its
 * entries, of the lock all but its second, of the sequence nothing but what the lock shows of it.
 */
public record Picture(Map<String, String> entries) {

  public static Picture of(Path directory) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    if (Files.exists(directory)) {
      try (var paths = Files.walk(directory)) {
        for (Path path : (Iterable<Path>) paths::iterator) {
          String name = directory.relativize(path).toString();
          if (!passing(name)) {
            entries.put(name, what(path, name));
          }
        }
      }
    }
    return new Picture(entries);
  }

  /** What differs, a line each. */
  public List<String> differs(Picture other) {
    List<String> lines = new ArrayList<>();
    entries.forEach(
        (name, what) -> {
          String there = other.entries.getOrDefault(name, "nothing");
          if (!what.equals(there)) {
            int same = name.endsWith("journal") ? common(what, there) : 0;
            lines.add(name + ": " + what.substring(same) + ", not " + there.substring(same));
          }
        });
    other.entries.forEach(
        (name, what) -> {
          if (!entries.containsKey(name)) {
            lines.add(name + ": nothing, not " + what);
          }
        });
    return lines;
  }

  private static int common(String one, String other) {
    int length = Math.min(one.length(), other.length());
    int same = 0;
    while (same < length && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return same;
  }

  private static boolean passing(String name) {
    return name.matches(
        "(.*/)?\\.cutover/(alive|mutex|reserve(\\.inodes(/.*)?)?|room|seq|journal.new"
            + "|logs/.*|runs/.+)");
  }

  private static String what(Path path, String name) throws IOException {
    if (Files.isSymbolicLink(path)) {
      String to = Files.readSymbolicLink(path).toString();
      return name.endsWith(".cutover/lock")
          ? LockToken.parse(to).map(t -> "lock " + t.runId() + " " + t.goal()).orElse("torn " + to)
          : "link to " + to;
    }
    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    if (Files.isDirectory(path)) {
      return "directory " + mode;
    }
    if (name.endsWith(".cutover/journal")) {
      return "journal " + meaning(journal(path));
    }
    String content = Files.readString(path, StandardCharsets.ISO_8859_1);
    return "file "
        + mode
        + " "
        + Digests.sha256(content).substring(0, 8)
        + " of "
        + content.length();
  }

  /** Its entries; one that was written twice tells nothing more. */
  public static List<JournalEntry> told(Journal journal) {
    List<JournalEntry> entries = new ArrayList<>();
    for (Journal.Line line : journal.lines()) {
      if (entries.isEmpty() || !entries.get(entries.size() - 1).equals(line.entry())) {
        entries.add(line.entry());
      }
    }
    return entries;
  }

  /** What the records amount to, whenever and under whatever number they were written. */
  private static String meaning(Journal journal) {
    List<Journal.Line> lines = new ArrayList<>();
    for (JournalEntry entry : told(journal)) {
      lines.add(new Journal.Line(Instant.EPOCH, 0, entry));
    }
    HostHistory history = HostHistory.of(new Journal(lines));
    return new TreeMap<>(history.releases()) + " " + history.runs();
  }

  public static Journal journal(Path file) throws IOException {
    return Files.exists(file)
        ? JournalCodec.parse(Files.readString(file, StandardCharsets.UTF_8))
        : Journal.EMPTY;
  }
}
