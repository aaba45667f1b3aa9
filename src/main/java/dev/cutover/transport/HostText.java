package dev.cutover.transport;

import dev.cutover.domain.Percent;
import dev.cutover.domain.RemotePath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads the words a host says. Its tools write numbers as they like, and who sits there may say
 * anything: a word is understood, or it is a clear error, and nothing else ever comes of it.
 */
final class HostText {

  /** As some awks print what they have calculated. */
  private static final Pattern NUMBER =
      Pattern.compile("\\d{1,40}(\\.\\d{0,40})?([eE]\\+?\\d{1,2})?");

  private static final Pattern COUNT = Pattern.compile("\\d{1,18}");

  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  /** Seconds, as the scripts take them too: an id, which is a time, keeps its length. */
  private static final Pattern CLOCK = Pattern.compile("[1-9]\\d{0,10}");

  private static final int HIGHEST_STATUS = 255;
  private static final int SHOWN = 200;
  private static final char UNREADABLE = '\uFFFD';

  private HostText() {}

  /** A number that is not negative, or the greatest there is; empty where none was said. */
  static OptionalLong number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(new BigDecimal(text).toBigInteger().min(MOST).longValueExact());
  }

  /** Whether it is a number to its last digit, so that one more is another text. */
  static boolean isCount(String text) {
    return COUNT.matcher(text).matches();
  }

  /** An exit status. */
  static int status(String text) {
    OptionalLong number = number(text);
    if (number.isEmpty() || number.getAsLong() > HIGHEST_STATUS) {
      throw unusable("the status of an operation", text);
    }
    return (int) number.getAsLong();
  }

  /** A host's clock. */
  static Instant clock(String text) {
    if (!CLOCK.matcher(text).matches()) {
      throw noTime(text);
    }
    return Instant.ofEpochSecond(Long.parseLong(text));
  }

  /** What is wrong with a clock that says this. */
  static NotUnderstood noTime(String said) {
    return new NotUnderstood(
        "its clock cannot be understood: date +%%s says '%s'".formatted(plain(said, SHOWN)),
        "Let date tell the seconds since 1970 there, then: mvn deploy:check");
  }

  /** How many bytes that is to send; no less than what was sent, where that was not UTF-8. */
  static long bytes(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Of four bytes a surrogate is two.
      bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }
    return bytes;
  }

  /** The text a word stands for. */
  static String decoded(String word, String text) {
    try {
      return Percent.decode(text);
    } catch (IllegalArgumentException e) {
      throw unusable(word, text);
    }
  }

  /** A path, every byte of which is known. */
  static RemotePath path(String word, String text) {
    String path = decoded(word, text);
    if (path.indexOf(UNREADABLE) >= 0) {
      throw new NotUnderstood(
          "%s cannot be used: '%s' is not UTF-8".formatted(word, plain(path, SHOWN)));
    }
    try {
      return new RemotePath(path);
    } catch (IllegalArgumentException e) {
      throw unusable(word, path);
    }
  }

  /** What is wrong with a word, with what was said for it. */
  static NotUnderstood unusable(String word, String said) {
    return new NotUnderstood(
        "%s cannot be understood: it says '%s'".formatted(word, plain(said, SHOWN)));
  }

  /** {@code text} for people: harmless on a terminal, and not longer than that. */
  static String plain(String text, int longest) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), longest));
    text.codePoints()
        .limit(longest)
        .forEach(c -> plain.appendCodePoint(isPrintable(c) ? c : c == '\t' ? ' ' : '?'));
    return text.length() > longest ? plain.append('…').toString() : plain.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
      default -> true;
    };
  }
}
