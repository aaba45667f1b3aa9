package dev.cutover.domain;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a release directory. Ours are UTC {@code yyyyMMddHHmmss}; on the reading side any
 * single safe path segment is accepted, because other tools name their releases differently.
 */
public record ReleaseId(String value) implements Comparable<ReleaseId> {

  private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
  private static final int LONGEST = 255;

  /** After it there is no next one: a name of that year is nobody's. */
  private static final int LAST_YEAR = 9998;

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+@:-]*");

  public ReleaseId {
    if (!isSafe(value)) {
      throw new IllegalArgumentException("not a release name: '" + value + "'");
    }
  }

  /** Whether {@code value} is one path segment that no shell, tool or file system misreads. */
  public static boolean isSafe(String value) {
    return value.length() <= LONGEST && SAFE.matcher(value).matches();
  }

  /** The id for a release made at {@code at}, to the second. */
  public static ReleaseId at(Instant at) {
    return new ReleaseId(FORMAT.format(at.atOffset(ZoneOffset.UTC)));
  }

  /** When this release was made, if its name is one of ours. */
  public Optional<Instant> instant() {
    if (value.length() != 14) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(value, FORMAT))
          .filter(made -> made.getYear() <= LAST_YEAR)
          .map(made -> made.toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The later of {@code clock} and one second after the latest of {@code known}. */
  public static ReleaseId next(Instant clock, Iterable<ReleaseId> known) {
    Instant next = clock.truncatedTo(ChronoUnit.SECONDS);
    for (ReleaseId id : known) {
      Instant after = id.instant().map(made -> made.plusSeconds(1)).orElse(Instant.MIN);
      next = next.isBefore(after) ? after : next;
    }
    return at(next);
  }

  @Override
  public int compareTo(ReleaseId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
