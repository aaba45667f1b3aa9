package dev.cutover.report;

import dev.cutover.domain.Sizes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Durations, sizes and times as people read them. */
final class Figures {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Figures() {}

  /** For example {@code 0.3s}, {@code 42.0s}, {@code 1m 05s}, {@code 2h 00m}. */
  static String duration(Duration took) {
    long tenths = Math.round(took.toMillis() / 100.0);
    if (tenths < 600) {
      return String.format(Locale.ROOT, "%d.%ds", tenths / 10, tenths % 10);
    }
    long seconds = took.plusMillis(500).toSeconds();
    return seconds < 3600
        ? String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds / 60 % 60);
  }

  /** In powers of 1000, for example {@code 980 B}, {@code 1.2 MB}. */
  static String bytes(long bytes) {
    return Sizes.text(bytes);
  }

  /** To the minute, in UTC; the reader is told so once, in a heading. */
  static String minute(Instant at) {
    return MINUTE.format(at);
  }

  /** With thousands set apart, for example {@code 1,204,333}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** For example {@code 1 file}, {@code 3 files}. */
  static String of(long count, String one) {
    return count(count) + " " + one + (count == 1 ? "" : "s");
  }

  /** A revision as people say it: a git hash is cut to its first 7 digits. */
  static String revision(String revision) {
    return revision.matches("[0-9a-f]{40}|[0-9a-f]{64}") ? revision.substring(0, 7) : revision;
  }
}
