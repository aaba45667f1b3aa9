package dev.cutover.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for names in a release, the same whatever machine the bundle is made on. */
final class Names {

  /** The order of the manifest: by the bytes of the name, as {@code LC_ALL=C sort} has it. */
  static final Comparator<String> BY_BYTES =
      Comparator.comparing(name -> name.getBytes(UTF_8), Arrays::compareUnsigned);

  /** NAME_MAX and PATH_MAX of Linux and macOS. */
  private static final int LONGEST_SEGMENT = 255;

  private static final int LONGEST_PATH = 4096;
  private static final char UNREADABLE = '\uFFFD';
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:/.*", Pattern.DOTALL);

  private Names() {}

  /** What forbids {@code name} in a release, as the end of a sentence; empty if nothing does. */
  static Optional<String> wrongWith(String name) {
    if (name.startsWith("/") || DRIVE.matcher(name).matches()) {
      return Optional.of("is absolute; names are relative to the release");
    }
    if (name.indexOf('\\') >= 0) {
      return Optional.of("holds a backslash; put '/' between directories");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("holds a control character");
    }
    if (name.indexOf(UNREADABLE) >= 0 || !UTF_8.newEncoder().canEncode(name)) {
      return Optional.of(
          "cannot be read as text here; rename it, or run Maven in a UTF-8 locale (LC_ALL=C.UTF-8)");
    }
    List<String> segments = segments(name);
    if (segments.contains("..")) {
      return Optional.of("holds '..'; nothing may leave the release");
    }
    if (segments.stream().anyMatch(segment -> bytes(segment) > LONGEST_SEGMENT)) {
      return Optional.of("has a name of more than " + LONGEST_SEGMENT + " bytes");
    }
    return bytes(name) > LONGEST_PATH
        ? Optional.of("is longer than " + LONGEST_PATH + " bytes")
        : Optional.empty();
  }

  /** {@code name} without empty and {@code .} segments; empty text is the release itself. */
  static String normal(String name) {
    return String.join("/", segments(name));
  }

  /** The segments of {@code name} that mean something. */
  static List<String> segments(String name) {
    List<String> segments = new ArrayList<>();
    for (String segment : name.split("/", -1)) {
      if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    return segments;
  }

  /** {@code child} below {@code parent}, either of which may be the release itself. */
  static String join(String parent, String child) {
    return parent.isEmpty() || child.isEmpty() ? parent + child : parent + "/" + child;
  }

  /** The directory {@code path} lies in; empty text is the release itself. */
  static String parent(String path) {
    return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
  }

  /** Equal for names a file system that ignores case, or how accents are written, takes as one. */
  static String folded(String name) {
    StringBuilder folded = new StringBuilder(name.length());
    Normalizer.normalize(name, Normalizer.Form.NFC)
        .codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  /** {@code name} in quotes, harmless on a terminal and never endless. */
  static String shown(String name) {
    StringBuilder shown = new StringBuilder("'");
    name.chars()
        .limit(200)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                shown.append("\\u%04x".formatted(c));
              } else {
                shown.append((char) c);
              }
            });
    return shown.append(name.length() > 200 ? "…'" : "'").toString();
  }

  private static int bytes(String name) {
    return name.getBytes(UTF_8).length;
  }
}
