package dev.cutover.domain;

import java.util.List;

/**
 * Every file of a bundle with its digest, in path order.
 *
 * @param digest sha256, in hex, of {@link #text()} followed by the modes of the files and the names
 *     of the empty directories: equal digests mean equal releases
 */
public record Manifest(List<Entry> entries, String digest) {

  public Manifest {
    entries = List.copyOf(entries);
  }

  /**
   * One regular file.
   *
   * @param path relative to the release, {@code /} between segments
   * @param sha256 in lower-case hex
   * @param size in bytes
   * @param mode the permission bits, e.g. {@code 0644}; from configuration, never from a umask
   */
  public record Entry(String path, String sha256, long size, int mode) {}

  /** The total size in bytes. */
  public long bytes() {
    return entries.stream().mapToLong(Entry::size).sum();
  }

  /** The form {@code sha256sum -c} reads. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      text.append(entry.sha256()).append("  ").append(entry.path()).append('\n');
    }
    return text.toString();
  }
}
