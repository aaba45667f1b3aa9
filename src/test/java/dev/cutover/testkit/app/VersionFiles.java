package dev.cutover.testkit.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a version is made of: {@value #APP} and {@code bin/run}, which name it and are alike, and
 * parts of which each line names it. So a look at the files tells a whole version from one that is
 * cut short, mixed with another, or has too much.
 *
 * @param bytes how much each part has at least; no two are of one size
 */
public record VersionFiles(int parts, int bytes) {

  /** The file whose only line is the version. */
  public static final String APP = "app.txt";

  private static final Set<String> WRITTEN_ON_THE_HOST = Set.of("VERSION", "REVISION");

  /** The files of a version, by path. */
  public Map<String, String> of(String version) {
    Map<String, String> files = new TreeMap<>();
    files.put(APP, version + "\n");
    files.put("bin/run", version + "\n");
    for (int i = 0; i < parts; i++) {
      String line = version + " " + i + "\n";
      int size = bytes + i;
      files.put(part(i), version + "\n" + line.repeat(size / line.length() + 1).substring(0, size));
    }
    return files;
  }

  /** The path of a part, counted from 0. */
  public static String part(int number) {
    return "lib/part-" + number;
  }

  /** The directory in {@code work} that holds a version, made when it is first asked for. */
  public Path in(Path work, String version) {
    Path made = work.resolve("version-%s-%d-%d".formatted(version, parts, bytes));
    if (Files.exists(made)) {
      return made;
    }
    try {
      // Whoever makes them may be killed: what bears the name is whole.
      Path making = Files.createTempDirectory(Files.createDirectories(work), "making");
      for (Map.Entry<String, String> file : of(version).entrySet()) {
        Path path = making.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      return Files.move(making, made);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a release is exactly this version. */
  public boolean whole(Path release, String version) {
    return broken(release, version).isEmpty();
  }

  /** What a release lacks of a version, has in another way, or has too much. */
  public List<String> broken(Path release, String version) {
    List<String> problems = new ArrayList<>();
    Map<String, String> expected = of(version);
    try {
      for (Map.Entry<String, String> file : expected.entrySet()) {
        Path there = release.resolve(file.getKey());
        if (!Files.isRegularFile(there)) {
          problems.add("lacks " + file.getKey());
        } else if (!Files.readString(there).equals(file.getValue())) {
          problems.add("has " + file.getKey() + " damaged, " + Files.size(there) + " bytes of it");
        }
      }
      for (String name : WRITTEN_ON_THE_HOST) {
        Path there = release.resolve(name);
        if (!Files.isRegularFile(there) || Files.size(there) == 0) {
          problems.add("lacks " + name);
        }
      }
      for (String name : names(release)) {
        if (!expected.containsKey(name) && !WRITTEN_ON_THE_HOST.contains(name)) {
          problems.add("has " + name + ", which is not of the version");
        }
      }
      return problems;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files of a release; what its links lead to is not of it. */
  private static List<String> names(Path release) throws IOException {
    if (!Files.isDirectory(release)) {
      return List.of();
    }
    // The release itself may be told by a link.
    Path directory = release.toRealPath();
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> directory.relativize(file).toString())
          .toList();
    }
  }
}
