package dev.cutover.mojo.config;

import dev.cutover.domain.Durations;
import dev.cutover.domain.Problem;
import dev.cutover.error.BadParametersException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads single values, and remembers every problem with its place instead of stopping at one. */
final class Values {

  private static final int LONGEST_LINE = 4096;
  private static final int LONGEST_TEXT = 65_536;
  private static final Duration LONGEST_WAIT = Duration.ofDays(7);
  private final List<Problem> problems = new ArrayList<>();

  void problem(String place, String message) {
    problems.add(new Problem(place, message));
  }

  /** Ends here if anything was wrong. */
  void throwIfBad() {
    if (!problems.isEmpty()) {
      throw new BadParametersException(problems);
    }
  }

  /** One line, exactly as written; empty when absent, blank, or refused. */
  Optional<String> line(String place, @Nullable String value) {
    return read(place, value, LONGEST_LINE, false);
  }

  /** One or more lines for a shell or a comparison, exactly as written. */
  Optional<String> text(String place, @Nullable String value) {
    return read(place, value, LONGEST_TEXT, true);
  }

  /** The same of what must be there. */
  Optional<String> required(String place, @Nullable String value) {
    if (value == null || value.isBlank()) {
      problem(place, "is missing");
      return Optional.empty();
    }
    return text(place, value);
  }

  private Optional<String> read(String place, @Nullable String value, int longest, boolean lines) {
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    if (value.length() > longest) {
      problem(place, "is longer than " + longest + " characters");
    } else if (value.codePoints().anyMatch(c -> forbidden(c, lines))) {
      problem(place, "has a control character" + (lines ? "" : " or more than one line"));
    } else if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      problem(place, "has half a character (an unpaired surrogate)");
    } else {
      return Optional.of(value);
    }
    return Optional.empty();
  }

  private static boolean forbidden(int c, boolean lines) {
    return Character.isISOControl(c) && !(lines && (c == '\n' || c == '\t'));
  }

  /** A duration longer than nothing. */
  Duration duration(String place, @Nullable String value, Duration fallback) {
    Duration read = pause(place, value, fallback);
    if (read.isZero()) {
      problem(place, "must be longer than nothing");
    }
    return read;
  }

  /** A duration that may be zero. */
  Duration pause(String place, @Nullable String value, Duration fallback) {
    Optional<String> text = line(place, value).map(String::trim);
    Optional<Duration> read = text.flatMap(Durations::parse);
    if (text.isPresent() && read.isEmpty()) {
      problem(place, quoted(text.get()) + " is no duration: write e.g. 500ms, 30s, 10m or 1h30m");
    } else if (read.isPresent() && read.get().compareTo(LONGEST_WAIT) > 0) {
      problem(place, quoted(text.orElse("")) + " is longer than 7 days");
    }
    return read.orElse(fallback);
  }

  int number(String place, @Nullable String value, int fallback, int least, int most) {
    Optional<String> text = line(place, value).map(String::trim);
    if (text.isEmpty()) {
      return fallback;
    }
    int read = text.get().matches("[0-9]{1,9}") ? Integer.parseInt(text.get()) : -1;
    if (read < least || read > most) {
      problem(place, quoted(text.get()) + " is not a whole number from " + least + " to " + most);
      return fallback;
    }
    return read;
  }

  boolean flag(String place, @Nullable String value, boolean fallback) {
    Optional<String> text = line(place, value).map(String::trim);
    if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
      problem(place, quoted(text.get()) + " is neither true nor false");
    }
    return text.map(Boolean::parseBoolean).orElse(fallback);
  }

  /** One of an enum's constants, written in lower case with dashes. */
  <E extends Enum<E>> Optional<E> choice(String place, @Nullable String value, Class<E> type) {
    Optional<String> text = line(place, value).map(String::trim);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    E[] all = type.getEnumConstants();
    Optional<E> read = Arrays.stream(all).filter(e -> word(e).equals(text.get())).findFirst();
    if (read.isEmpty()) {
      String words = Arrays.stream(all).map(Values::word).collect(Collectors.joining(", "));
      problem(place, quoted(text.get()) + " is none of " + words);
    }
    return read;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A value as a message may repeat it: short, on one line, without a URL's login. */
  static String quoted(String value) {
    String shown = value.replaceAll("\\p{Cc}", "?").replaceAll("://.*@", "://***@");
    return "'" + (shown.length() > 60 ? shown.substring(0, 57) + "..." : shown) + "'";
  }

  static <T> List<T> listed(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
