package dev.cutover.testkit.sim;

import dev.cutover.testkit.sim.SimDisk.Dir;
import dev.cutover.testkit.sim.SimDisk.Link;
import dev.cutover.testkit.sim.SimDisk.Node;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.testkit.sim.Sums.Difference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a manifest says behind its sums, as {@code look.sh} tells it: a line for what is a link, has
 * another mode than most, or is a directory that nothing lies in.
 */
final class Shape {

  static final String MARK = "# ";
  private static final String ROOT = ".";
  private static final String FILE = "-rw-r--r--";
  private static final String DIRECTORY = "drwxr-xr-x";
  private static final String LINK = "lrwxrwxrwx";
  private static final String ARROW = " -> ";
  private static final String BITS = "rwxrwxrwx";
  private static final int WORDS = DIRECTORY.length() + 1;

  private Shape() {}

  /** The lines of a manifest that tell of it, without the mark. */
  static List<String> parse(String manifest) {
    return manifest
        .lines()
        .filter(line -> line.startsWith(MARK))
        .map(line -> line.substring(MARK.length()))
        .toList();
  }

  static String text(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(MARK).append(line).append('\n'));
    return text.toString();
  }

  /** The path that a line is about. */
  static String path(String line) {
    String path = line.substring(WORDS);
    return line.startsWith("l") ? path.substring(0, path.indexOf(ARROW)) : path;
  }

  static String link(String path, String to) {
    return LINK + " " + path + ARROW + to;
  }

  /** The lines that a seal makes of a tree. */
  static List<String> of(Machine machine, String tree) {
    Map<String, String> there = below(machine, tree);
    Set<String> held = new HashSet<>();
    there.keySet().forEach(path -> above(path, held));
    List<String> lines = new ArrayList<>();
    lines.add(DIRECTORY + " " + ROOT);
    there.forEach(
        (path, line) -> {
          boolean usual =
              line.startsWith(FILE) || (line.startsWith(DIRECTORY) && held.contains(path));
          if (!usual) {
            lines.add(line);
          }
        });
    return lines;
  }

  /** A manifest tells it in one line. */
  private static String plain(String path) {
    return path.replace("\n", "\\n");
  }

  private static void above(String path, Set<String> held) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      held.add(path.substring(0, slash));
    }
  }

  /** A line for everything below a directory, by its path. */
  private static Map<String, String> below(Machine machine, String tree) {
    Map<String, String> lines = new TreeMap<>();
    machine.disk().dir(tree, View.NOW).ifPresent(dir -> below("", dir, lines));
    return lines;
  }

  private static void below(String prefix, Dir dir, Map<String, String> lines) {
    dir.in(View.NOW)
        .forEach(
            (name, node) -> {
              String path = prefix + plain(name);
              if (node instanceof Link link) {
                lines.put(path, link(path, link.to()));
              } else {
                lines.put(path, (node instanceof Dir ? "d" : "-") + bits(node) + " " + path);
              }
              if (node instanceof Dir below) {
                below(path + "/", below, lines);
              }
            });
  }

  static String bits(Node node) {
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < BITS.length(); i++) {
      bits.append((node.mode() >> (BITS.length() - 1 - i) & 1) == 1 ? BITS.charAt(i) : '-');
    }
    return bits.toString();
  }

  /**
   * How a tree differs from a manifest in what is not told by sums; nothing where the manifest does
   * not tell.
   *
   * @param files those that are listed and there
   */
  static Map<String, Difference> compare(
      Machine machine, String tree, String manifest, Set<String> files) {
    Map<String, String> wanted = new TreeMap<>();
    parse(manifest).forEach(line -> wanted.put(path(line), line));
    Map<String, Difference> differences = new TreeMap<>();
    if (wanted.remove(ROOT) == null) {
      return differences;
    }
    Set<String> held = new TreeSet<>();
    Sums.parse(manifest).keySet().forEach(path -> above(plain(path), held));
    Set<String> listed = files.stream().map(Shape::plain).collect(Collectors.toSet());
    wanted.keySet().forEach(path -> above(path, held));
    Map<String, String> there = below(machine, tree);
    there.forEach(
        (path, line) -> {
          String usual = line.startsWith("d") ? DIRECTORY + " " + path : FILE + " " + path;
          boolean known = line.startsWith("-") ? listed.contains(path) : held.contains(path);
          String want = wanted.getOrDefault(path, known ? usual : "");
          if (line.startsWith("l") && !line.equals(want)) {
            differences.put(line.substring(WORDS), Difference.ADDED);
          } else if (line.startsWith("d") && want.isEmpty()) {
            differences.put(path + "/", Difference.ADDED);
          } else if (!want.isEmpty() && line.charAt(0) == want.charAt(0) && !line.equals(want)) {
            String name = line.startsWith("d") ? path + "/" : path;
            differences.put(
                "%s (%s, was %s)".formatted(name, mode(line), mode(want)), Difference.CHANGED);
          }
        });
    wanted.forEach(
        (path, line) -> {
          if (line.startsWith("l") && !line.equals(there.get(path))) {
            differences.put(line.substring(WORDS), Difference.MISSING);
          } else if (line.startsWith("d") && !there.containsKey(path)) {
            differences.put(path + "/", Difference.MISSING);
          }
        });
    return differences;
  }

  private static String mode(String line) {
    return line.substring(1, DIRECTORY.length());
  }
}
