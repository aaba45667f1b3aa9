package dev.cutover.domain;

import java.util.List;

/**
 * Every file of a bundle with its digest, in path order.
 *
 * @param digest sha256, in hex, of {@link #text()} followed by the modes of the files and the names
 *     of the empty directories: equal digests mean equal releases
 */
public record Manifest(List<Entry> entries, String digest) {

  private static final int READABLE = 0644;
  private static final String BITS = "rwxrwxrwx";
  private static final String DIRECTORY = "# drwxr-xr-x ";

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

  /**
   * The same with what sums do not tell, which {@code sha256sum -c} takes for comments: the modes
   * that are not 0644, and the directories that no file lies in, as {@code ls} writes them.
   */
  public String textWith(List<String> emptyDirectories) {
    StringBuilder text = new StringBuilder(text()).append(DIRECTORY).append(".\n");
    for (Entry entry : entries) {
      if (entry.mode() != READABLE) {
        text.append("# -").append(bits(entry.mode())).append(' ').append(entry.path()).append('\n');
      }
    }
    emptyDirectories.forEach(name -> text.append(DIRECTORY).append(name).append('\n'));
    return text.toString();
  }

  private static String bits(int mode) {
    StringBuilder bits = new StringBuilder();
    for (int i = BITS.length() - 1; i >= 0; i--) {
      bits.append((mode >> i & 1) == 1 ? BITS.charAt(BITS.length() - 1 - i) : '-');
    }
    return bits.toString();
  }
}
