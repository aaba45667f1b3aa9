package dev.cutover.proof.openssh;

import dev.cutover.domain.Digests;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalCodec;
import dev.cutover.testkit.app.ExampleApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What really lies below a release root; read with nothing of the product but its journal. */
public record HostTree(Path root) {

  public Path state() {
    return root.resolve(".cutover");
  }

  /** What {@code current} says, whatever it is. */
  public Optional<Path> current() {
    Path current = root.resolve("current");
    if (!Files.exists(current, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readSymbolicLink(current));
    } catch (NoSuchFileException goneMeanwhile) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Optional<String> liveId() {
    return current().map(path -> String.valueOf(path.getFileName()));
  }

  /** The version that is live by its own files. */
  public Optional<String> liveVersion() {
    return ExampleApp.live(root);
  }

  public Set<String> names(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Set.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      Set<String> names = new TreeSet<>();
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a release: files against its manifest, and all of one version. */
  public List<String> faults(Path release) {
    List<String> faults = new ArrayList<>();
    Path manifest = state().resolve("manifests").resolve(release.getFileName());
    if (!Files.isRegularFile(manifest)) {
      return List.of(release + " has no manifest");
    }
    Map<String, String> expected = new TreeMap<>();
    for (String line : text(manifest).split("\n", -1)) {
      if (line.length() > 66 && !line.startsWith("# ")) {
        expected.put(line.substring(66), line.substring(0, 64));
      }
    }
    Map<String, String> found = digests(release);
    if (!found.equals(expected)) {
      faults.add(release + " differs from its manifest: " + found + " is not " + expected);
    }
    Set<String> versions = new TreeSet<>();
    for (String path : found.keySet()) {
      if (!path.equals("REVISION")) {
        versions.add(text(release.resolve(path)).split("\n", -1)[0]);
      }
    }
    if (versions.size() != 1) {
      faults.add(release + " mixes versions " + versions);
    }
    return faults;
  }

  /** The sha256 of each regular file, links left out. */
  private static Map<String, String> digests(Path release) {
    try (Stream<Path> paths = Files.walk(release)) {
      Map<String, String> digests = new TreeMap<>();
      for (Path path :
          paths.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS)).toList()) {
        digests.put(
            release.relativize(path).toString(),
            HexFormat.of().formatHex(Digests.sha256().digest(Files.readAllBytes(path))));
      }
      return digests;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String journalText() {
    return text(state().resolve("journal"));
  }

  public Journal journal() {
    return JournalCodec.parse(journalText());
  }

  public HostHistory history() {
    return HostHistory.of(journal());
  }

  /** The lines of a file; none when it is not there. */
  public List<String> lines(String name) {
    return text(root.resolve(name)).lines().toList();
  }

  public static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException none) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything below the root as text, to see whether anything has changed. */
  public Map<String, String> snapshot() {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.toList()) {
        all.put(root.relativize(path).toString(), describe(path));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    return Files.isDirectory(path)
        ? "directory"
        : HexFormat.of().formatHex(Digests.sha256().digest(Files.readAllBytes(path)));
  }
}
