package dev.cutover.bundle;

import dev.cutover.bundle.BundleSpec.Item;
import java.nio.file.Path;
import java.util.Optional;

/** Takes what one item brings, checks each name and puts it into the tree. */
final class ItemSink {

  private final Item item;
  private final String base;
  private final FileModes modes;
  private final Tree tree;
  private final Problems problems;

  /**
   * Prepares to take what {@code item} brings.
   *
   * @param base {@link Item#as} in its normal form
   */
  ItemSink(Item item, String base, Tree tree, Problems problems) {
    this.item = item;
    this.base = base;
    this.modes = FileModes.of(item, problems);
    this.tree = tree;
    this.problems = problems;
  }

  /** Takes a file; {@code name} is relative to the item and not yet checked. */
  void file(String name, Path source) {
    if (allowed(name)) {
      String path = Names.normal(name);
      add(Names.join(base, path), source, modes.of(path));
    }
  }

  /** Takes the file the item consists of; globs see its last name. */
  void onlyFile(Path source) {
    String name = base.substring(base.lastIndexOf('/') + 1);
    add(base, source, modes.of(name));
  }

  /** Takes a directory; {@code name} is relative to the item and not yet checked. */
  void directory(String name) {
    if (allowed(name)) {
      String path = Names.join(base, Names.normal(name));
      tree.directory(path, item.place()).ifPresent(this::refuse);
    }
  }

  /** Whether {@code name}, relative to the item, may stand in a release; else refuses it. */
  boolean allowed(String name) {
    Optional<String> wrong =
        Names.wrongWith(name).or(() -> Names.wrongWith(Names.join(base, name)));
    wrong.ifPresent(what -> refuse(Names.shown(name) + " " + what));
    return wrong.isEmpty();
  }

  /** Notes that the item cannot be taken as it is. */
  void refuse(String message) {
    problems.add(item.place(), message);
  }

  private void add(String path, Path source, int mode) {
    tree.file(path, new Tree.Leaf(item.place(), source, mode)).ifPresent(this::refuse);
  }
}
