package dev.cutover.bundle;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The release as it is put together: every path once, whatever the file system it goes to. */
final class Tree {

  /**
   * A file of the release.
   *
   * @param place of the item that brought it
   * @param source where its bytes are read from
   */
  record Leaf(String place, Path source, int mode) {}

  private final SortedMap<String, Leaf> files = new TreeMap<>(Names.BY_BYTES);
  private final Map<String, String> directories = new HashMap<>();
  private final Map<String, String> byFoldedName = new HashMap<>();

  /** Adds a file, unless the tree speaks against it: then says how. */
  Optional<String> file(String path, Leaf leaf) {
    Optional<String> above = directory(Names.parent(path), leaf.place());
    if (above.isPresent()) {
      return above;
    }
    Leaf other = files.get(path);
    if (other != null) {
      return Optional.of(
          Names.shown(path)
              + (other.place().equals(leaf.place())
                  ? " is written twice"
                  : " is already written by " + other.place()));
    }
    String directoryOf = directories.get(path);
    if (directoryOf != null) {
      return Optional.of(Names.shown(path) + " is a file here and a directory in " + directoryOf);
    }
    files.put(path, leaf);
    return twin(path);
  }

  /** Adds a directory and those above it, unless the tree speaks against it: then says how. */
  Optional<String> directory(String path, String place) {
    if (path.isEmpty() || directories.containsKey(path)) {
      return Optional.empty();
    }
    Optional<String> above = directory(Names.parent(path), place);
    if (above.isPresent()) {
      return above;
    }
    Leaf file = files.get(path);
    if (file != null) {
      return Optional.of(Names.shown(path) + " is a directory here and a file in " + file.place());
    }
    directories.put(path, place);
    return twin(path);
  }

  private Optional<String> twin(String path) {
    String other = byFoldedName.putIfAbsent(Names.folded(path), path);
    return other == null
        ? Optional.empty()
        : Optional.of(
            Names.shown(path)
                + " and "
                + Names.shown(other)
                + " differ only by case or by how accents are written, and are one name on some"
                + " file systems");
  }

  /** The files, in the order of the manifest. */
  SortedMap<String, Leaf> files() {
    return Collections.unmodifiableSortedMap(files);
  }

  /**
   * The file at a path.
   *
   * @throws IllegalArgumentException if there is none
   */
  Leaf leaf(String path) {
    Leaf leaf = files.get(path);
    if (leaf == null) {
      throw new IllegalArgumentException("not of this bundle: " + path);
    }
    return leaf;
  }

  /** The directories nothing lies in, in the order of the manifest. */
  List<String> emptyDirectories() {
    Set<String> parents = new HashSet<>();
    files.keySet().forEach(path -> parents.add(Names.parent(path)));
    directories.keySet().forEach(path -> parents.add(Names.parent(path)));
    return directories.keySet().stream()
        .filter(path -> !parents.contains(path))
        .sorted(Names.BY_BYTES)
        .toList();
  }
}
