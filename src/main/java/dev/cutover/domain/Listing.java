package dev.cutover.domain;

import java.util.List;

/** The files of a bundle, in path order, as far as they are known before any of them is read. */
public record Listing(List<Item> items) {

  public Listing {
    items = List.copyOf(items);
  }

  /**
   * One regular file.
   *
   * @param path relative to the release, {@code /} between segments
   * @param size in bytes
   * @param mode the permission bits, e.g. {@code 0644}; from configuration, never from a umask
   */
  public record Item(String path, long size, int mode) {}

  /** What a manifest lists. */
  public static Listing of(Manifest manifest) {
    return new Listing(
        manifest.entries().stream()
            .map(entry -> new Item(entry.path(), entry.size(), entry.mode()))
            .toList());
  }

  /** The number of files. */
  public int count() {
    return items.size();
  }

  /** The total size in bytes. */
  public long bytes() {
    return items.stream().mapToLong(Item::size).sum();
  }
}
