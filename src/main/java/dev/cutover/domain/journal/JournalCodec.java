package dev.cutover.domain.journal;

import dev.cutover.domain.Digests;
import dev.cutover.domain.journal.Journal.Line;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The journal's text. A record is {@code \n<length> <checksum> <payload>\n}: the payload's length
 * in bytes, the first 16 hex digits of its sha256, and {@code <epoch> <seq> <type> key=value…} with
 * values {@linkplain dev.cutover.domain.Percent percent-encoded}. The host stamps epoch and seq, so
 * that there is one clock.
 */
public final class JournalCodec {

  private static final Pattern RECORD =
      Pattern.compile("(\\d{1,9}) ([0-9a-f]{16}) ((\\d{1,12}) (\\d{1,18}) ([a-z-]+)( .*)?)");

  private JournalCodec() {}

  /** What the host stamps and records: the type and its fields. */
  public static String body(JournalEntry entry) {
    return EntryCodec.ALL.stream()
        .filter(codec -> codec.type().isInstance(entry))
        .findFirst()
        .orElseThrow()
        .body(entry);
  }

  /**
   * Reads a journal. A torn record, a wrong checksum, garbage and records of a later version are
   * passed over; a record that repeats the one before, written again after a lost reply, counts
   * once.
   */
  public static Journal parse(String text) {
    List<Line> lines = new ArrayList<>();
    int end = -1;
    for (int from = 0; from <= text.length(); from = end + 1) {
      end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end;
      Optional<Line> line = record(text.substring(from, end));
      if (line.isPresent() && !repeats(lines, line.get())) {
        lines.add(line.get());
      }
    }
    return new Journal(lines);
  }

  /** The whole text of a journal, for a checkpoint. */
  public static String text(Journal journal) {
    StringBuilder text = new StringBuilder();
    for (Line line : journal.lines()) {
      String payload = line.at().getEpochSecond() + " " + line.seq() + " " + body(line.entry());
      text.append('\n')
          .append(payload.length())
          .append(' ')
          .append(checksum(payload))
          .append(' ')
          .append(payload)
          .append('\n');
    }
    return text.toString();
  }

  private static boolean repeats(List<Line> lines, Line next) {
    if (lines.isEmpty()) {
      return false;
    }
    Line last = lines.get(lines.size() - 1);
    return last.seq() == next.seq() && last.entry().equals(next.entry());
  }

  private static Optional<Line> record(String row) {
    Matcher m = RECORD.matcher(row);
    if (!m.matches()
        || Integer.parseInt(m.group(1)) != m.group(3).length()
        || !m.group(2).equals(checksum(m.group(3)))) {
      return Optional.empty();
    }
    List<String> words = Arrays.asList(m.group(3).split(" ", -1));
    for (EntryCodec<?> codec : EntryCodec.ALL) {
      if (codec.word().equals(m.group(6))) {
        return entry(codec, words)
            .map(
                entry ->
                    new Line(
                        Instant.ofEpochSecond(Long.parseLong(m.group(4))),
                        Long.parseLong(m.group(5)),
                        entry));
      }
    }
    return Optional.empty();
  }

  private static Optional<JournalEntry> entry(EntryCodec<?> codec, List<String> words) {
    try {
      return Optional.of(codec.read().apply(Fields.parse(words)));
    } catch (IllegalArgumentException | DateTimeException e) {
      // Written by a version that knows more words than this one.
      return Optional.empty();
    }
  }

  /** As the host scripts cut it. */
  private static final int CHECKSUM_DIGITS = 16;

  private static String checksum(String payload) {
    return Digests.sha256(payload).substring(0, CHECKSUM_DIGITS);
  }
}
