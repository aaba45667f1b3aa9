package dev.cutover.proof.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Changes bytes and lines by chance. */
final class Mutator {

  private static final List<String> EXTREMES =
      List.of(
          "",
          "-",
          "-1",
          "0",
          "2147483648",
          "9223372036854775808",
          "99999999999999999999999999",
          "253402300800",
          "1.28849e+10",
          "1,024",
          "NaN",
          "%",
          "%4",
          "%zz",
          "%00",
          "%ff%fe",
          "\u0000",
          "\uFFFD",
          "..",
          "/",
          "/a/../b",
          "//",
          "99991231235959",
          "x=y=z",
          "=",
          "live",
          "begin 0",
          "end 0 0",
          "\u001b[31m",
          "日本");

  private final Random random;

  Mutator(Random random) {
    this.random = random;
  }

  /** A few words or lines of them otherwise. */
  List<String> lines(List<String> original) {
    List<String> lines = new ArrayList<>(original);
    for (int i = random.nextInt(4); i >= 0 && !lines.isEmpty(); i--) {
      int at = random.nextInt(lines.size());
      switch (random.nextInt(8)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
        case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
        case 3 -> lines.subList(at, lines.size()).clear();
        case 4 ->
            lines.set(at, lines.get(at).substring(0, random.nextInt(lines.get(at).length() + 1)));
        default -> lines.set(at, line(lines.get(at)));
      }
    }
    return lines;
  }

  /** One word of a line otherwise, or a part of a word, or one character. */
  String line(String line) {
    String[] words = line.split(" ", -1);
    int at = random.nextInt(words.length);
    int equals = words[at].indexOf('=');
    words[at] =
        switch (random.nextInt(4)) {
          case 0 -> new String(bytes(words[at].getBytes(UTF_8)), UTF_8);
          case 1 -> words[at] + extreme();
          case 2 -> equals < 0 ? extreme() : words[at].substring(0, equals + 1) + extreme();
          default -> extreme();
        };
    return String.join(" ", words);
  }

  private String extreme() {
    return EXTREMES.get(random.nextInt(EXTREMES.size()));
  }

  /** Some bytes otherwise, or gone, or repeated. */
  byte[] bytes(byte[] original) {
    byte[] bytes = original.clone();
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes = Arrays.copyOf(bytes, at);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 ->
            Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), (byte) 0xff);
        case 3 -> System.arraycopy(bytes, at / 2, bytes, at, Math.min(bytes.length - at, 16));
        default -> bytes[at] = (byte) random.nextInt();
      }
    }
    return bytes;
  }
}
