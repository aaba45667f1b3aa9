package dev.cutover.testkit.sim;

import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.Journal.Line;
import dev.cutover.domain.journal.JournalCodec;
import java.util.ArrayList;
import java.util.List;

/** What a journal holds: records, and rows that are none. As text it is the file. */
final class Records implements SimDisk.Growing {

  static final Records NONE = new Records(List.of(), List.of(), 0);

  /** Longer than any record. */
  private static final int LONG = 1000;

  /** A {@link Line}, or the text of a row that is no record. */
  private final List<Object> rows;

  /** The records, one that repeats the one before counted once. */
  private final List<Line> lines;

  private final int garbage;

  private Records(List<Object> rows, List<Line> lines, int garbage) {
    this.rows = rows;
    this.lines = lines;
    this.garbage = garbage;
  }

  /** What a file's content says. */
  static Records in(Object content) {
    return content instanceof Records records ? records : of(rows(content.toString()));
  }

  /** Just these. */
  static Records of(Journal journal) {
    return of(List.<Object>copyOf(journal.lines()));
  }

  private static Records of(List<Object> rows) {
    List<Line> lines = new ArrayList<>();
    int garbage = 0;
    for (Object row : rows) {
      if (row instanceof Line line) {
        add(lines, line);
      } else {
        garbage += row.toString().length();
      }
    }
    return new Records(rows, List.copyOf(lines), garbage);
  }

  private static void add(List<Line> lines, Line next) {
    Line last = lines.isEmpty() ? next : lines.get(lines.size() - 1);
    boolean repeats = last.seq() == next.seq() && last.entry().equals(next.entry());
    if (lines.isEmpty() || !repeats) {
      lines.add(next);
    }
  }

  private static List<Object> rows(String text) {
    List<Object> rows = new ArrayList<>();
    for (String row : text.split("\n", -1)) {
      List<Line> line = JournalCodec.parse(row).lines();
      if (!line.isEmpty()) {
        rows.addAll(line);
      } else if (!row.isEmpty()) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** The same and more behind it: a record starts a row of its own whatever stands before. */
  Records with(List<Line> more) {
    List<Object> longer = new ArrayList<>(rows.size() + more.size());
    longer.addAll(rows);
    longer.addAll(more);
    List<Line> read = new ArrayList<>(lines.size() + more.size());
    read.addAll(lines);
    more.forEach(line -> add(read, line));
    return new Records(longer, List.copyOf(read), garbage);
  }

  /** What a reader makes of it. */
  List<Line> lines() {
    return lines;
  }

  /** Whether the file is longer than so many bytes. */
  boolean isLonger(int bytes) {
    return garbage + rows.size() * LONG > bytes && toString().length() > bytes;
  }

  @Override
  public int parts() {
    return rows.size();
  }

  @Override
  public Records first(int parts) {
    return of(List.copyOf(rows.subList(0, parts)));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Object row : rows) {
      text.append(
          row instanceof Line line
              ? JournalCodec.text(new Journal(List.of(line)))
              : "\n" + row + "\n");
    }
    return text.toString();
  }
}
