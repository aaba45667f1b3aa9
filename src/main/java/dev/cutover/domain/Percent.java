package dev.cutover.domain;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text as one word that no shell, line or field separator can break: bytes of its UTF-8 that are
 * not plainly safe are written {@code %xx}.
 */
public final class Percent {

  private static final String SAFE = "/._+,@:~-";

  private Percent() {}

  /** {@code text} as one word; empty text gives an empty word. */
  public static String encode(String text) {
    StringBuilder word = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isSafe(c)) {
        word.append(c);
      } else {
        word.append('%').append(hex(c >> 4)).append(hex(c & 0xf));
      }
    }
    return word.toString();
  }

  /**
   * The text a word stands for.
   *
   * @throws IllegalArgumentException if a percent sign is not followed by two hex digits
   */
  public static String decode(String word) {
    if (word.indexOf('%') < 0) {
      return word;
    }
    byte[] in = word.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '%') {
        out.write(in[i]);
      } else if (i + 2 < in.length) {
        out.write(digit(in[i + 1]) << 4 | digit(in[i + 2]));
        i += 2;
      } else {
        throw new IllegalArgumentException("a percent sign without two digits: " + word);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static boolean isSafe(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || SAFE.indexOf(c) >= 0;
  }

  private static char hex(int nibble) {
    return Character.forDigit(nibble, 16);
  }

  private static int digit(byte b) {
    int digit = Character.digit((char) b, 16);
    if (digit < 0) {
      throw new IllegalArgumentException("not a hex digit: " + (char) b);
    }
    return digit;
  }
}
