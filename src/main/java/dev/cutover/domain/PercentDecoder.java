package dev.cutover.domain;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding as RFC 3986 has it: {@code +} is a plus, and bytes that are no UTF-8 fail. */
final class PercentDecoder {

  private PercentDecoder() {}

  static String decode(String text) {
    try {
      ByteBuffer raw = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      ByteBuffer decoded = ByteBuffer.allocate(raw.remaining());
      while (raw.hasRemaining()) {
        byte next = raw.get();
        decoded.put(next == '%' ? (byte) (hex(raw) * 16 + hex(raw)) : next);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("has characters that are not UTF-8", e);
    }
  }

  private static int hex(ByteBuffer raw) {
    byte next = raw.hasRemaining() ? raw.get() : 0;
    int digit = next < 0 || next > 'f' ? -1 : Character.digit((char) next, 16);
    if (digit < 0) {
      throw new IllegalArgumentException("has a '%' that two hex digits do not follow: write %25");
    }
    return digit;
  }
}
