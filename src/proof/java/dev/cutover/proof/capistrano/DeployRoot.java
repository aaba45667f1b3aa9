package dev.cutover.proof.capistrano;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The checker: looks at a deploy root, whoever made it, and knows nothing of tools. */
record DeployRoot(Path root) {

  /** What {@code current} serves: {@code absent}, or a tree in the words of {@link #tree}. */
  String served() throws IOException {
    Path current = root.resolve("current");
    return Files.isDirectory(current) ? tree(current) : "absent";
  }

  boolean serves(VersionTree tree) throws IOException {
    return served().equals(tree.name());
  }

  /** Whether {@code current} leads to a whole tree of any one version. */
  boolean whole() throws IOException {
    return whole(served());
  }

  private static boolean whole(String tree) {
    return tree.matches("(good|sick|unfit)\\d+");
  }

  /**
   * A directory in one word: the version it has whole, with what is shared, else {@code empty},
   * {@code mixed} or {@code partial}.
   */
  static String tree(Path directory) throws IOException {
    Set<String> versions = new TreeSet<>();
    int found = 0;
    int broken = 0;
    for (int i = 0; i < VersionTree.FILES; i++) {
      Path file = directory.resolve(VersionTree.file(i));
      if (!Files.exists(file)) {
        continue;
      }
      found++;
      String text = Files.readString(file);
      String version = text.contains(" ") ? text.substring(0, text.indexOf(' ')) : "?";
      versions.add(version);
      if (!version.matches("(good|sick|unfit)\\d+") || !text.equals(of(version).text(i))) {
        broken++;
      }
    }
    if (found == 0) {
      return "empty";
    }
    if (versions.size() > 1) {
      return "mixed " + versions;
    }
    String version = versions.iterator().next();
    boolean whole =
        found == VersionTree.FILES
            && broken == 0
            && Files.exists(directory.resolve("fit"))
            && Files.exists(directory.resolve("healthy"))
            && Files.isRegularFile(directory.resolve("config/app.properties"))
            && Files.isDirectory(directory.resolve("log"));
    return whole ? version : "partial " + version;
  }

  private static VersionTree of(String name) {
    String kind = name.replaceAll("\\d", "");
    return new VersionTree(
        Integer.parseInt(name.substring(kind.length())),
        VersionTree.Kind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)));
  }

  /** Each directory of {@code releases/} in one word. */
  List<String> releases() throws IOException {
    List<String> all = new ArrayList<>();
    for (Path release : entries("releases")) {
      if (Files.isDirectory(release, LinkOption.NOFOLLOW_LINKS)) {
        all.add(tree(release));
      }
    }
    return all;
  }

  /** Whether {@code releases/} has a whole tree of this version. */
  boolean has(VersionTree tree) throws IOException {
    return releases().contains(tree.name());
  }

  /** The directories that mix versions. */
  List<String> mixed() throws IOException {
    return releases().stream().filter(release -> release.startsWith("mixed")).toList();
  }

  /**
   * What a run that was cut off may leave and nobody would clear away: a release in {@code
   * releases/} that is not whole, a link there, and any half-made thing of ours.
   */
  List<String> leftovers() throws IOException {
    List<String> left = new ArrayList<>();
    for (Path entry : entries("releases")) {
      if (Files.isSymbolicLink(entry) || !whole(tree(entry))) {
        left.add(root.relativize(entry).toString());
      }
    }
    for (Path entry : entries(".cutover/staging")) {
      left.add(root.relativize(entry).toString());
    }
    for (Path entry : entries(".cutover")) {
      String name = entry.getFileName().toString();
      if (name.startsWith("trash-") || name.startsWith("current.") || name.equals("lock")) {
        left.add(root.relativize(entry).toString());
      }
    }
    return left;
  }

  private List<Path> entries(String directory) throws IOException {
    Path path = root.resolve(directory);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.sorted().toList();
    }
  }
}
