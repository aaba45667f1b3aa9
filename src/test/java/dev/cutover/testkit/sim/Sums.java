package dev.cutover.testkit.sim;

import dev.cutover.domain.Digests;
import dev.cutover.testkit.sim.SimDisk.View;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Manifests: a line a file, its sum, two blanks and its path. */
final class Sums {

  private static final int DIGITS = 64;
  private static final int GAP = 2;
  private static final int SHORT = 100;

  /** Of short texts, which are the same ones again and again. */
  private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

  private Sums() {}

  /** How a file differs from a manifest; the letter is that of {@code t_compare}. */
  enum Difference {
    ADDED("not in the manifest"),
    CHANGED("damaged"),
    MISSING("missing");

    private final String words;

    Difference(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  static String of(String content) {
    return content.length() > SHORT
        ? Digests.sha256(content)
        : KNOWN.computeIfAbsent(content, Digests::sha256);
  }

  /** A manifest's sums by path. */
  static Map<String, String> parse(String manifest) {
    Map<String, String> sums = new LinkedHashMap<>();
    manifest
        .lines()
        .filter(line -> line.length() > DIGITS + GAP && !line.startsWith(Shape.MARK))
        .forEach(
            line -> {
              boolean escaped = line.startsWith("\\");
              String plain = escaped ? line.substring(1) : line;
              String path = plain.substring(DIGITS + GAP);
              sums.put(escaped ? unescaped(path) : path, plain.substring(0, DIGITS));
            });
    return sums;
  }

  private static String unescaped(String path) {
    return path.replace("\\\\", "\0").replace("\\n", "\n").replace("\0", "\\");
  }

  /** A line of a manifest: where a path holds a newline, as {@code sha256sum} escapes it. */
  private static String line(String path, String sum) {
    return path.indexOf('\n') < 0
        ? sum + "  " + path + "\n"
        : "\\" + sum + "  " + path.replace("\\", "\\\\").replace("\n", "\\n") + "\n";
  }

  /** A manifest's text. */
  static String text(Map<String, String> sums) {
    return sums.entrySet().stream()
        .map(sum -> line(sum.getKey(), sum.getValue()))
        .collect(Collectors.joining());
  }

  /** The regular files below a directory, each with its sum. */
  static Map<String, String> below(Machine machine, String directory) {
    Map<String, String> sums = new TreeMap<>();
    machine
        .tree(directory, View.NOW)
        .forEach(
            (path, words) -> {
              if (!words.startsWith("-> ")) {
                sums.put(path, of(words));
              }
            });
    return sums;
  }

  /** How what is there differs from what is wanted, by path. */
  static Map<String, Difference> compare(Map<String, String> wanted, Map<String, String> there) {
    Map<String, Difference> differences = new TreeMap<>();
    wanted.forEach(
        (path, sum) -> {
          String found = there.get(path);
          if (found == null) {
            differences.put(path, Difference.MISSING);
          } else if (!found.equals(sum)) {
            differences.put(path, Difference.CHANGED);
          }
        });
    there.keySet().stream()
        .filter(path -> !wanted.containsKey(path))
        .forEach(path -> differences.put(path, Difference.ADDED));
    return differences;
  }
}
