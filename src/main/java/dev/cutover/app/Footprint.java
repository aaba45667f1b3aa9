package dev.cutover.app;

import dev.cutover.domain.Listing;
import dev.cutover.domain.Payload;
import java.util.HashSet;
import java.util.Set;

/**
 * What a release takes up on a host's file system, with all that a run writes beside it.
 *
 * @param bytes in whole blocks
 * @param inodes files, directories and links
 */
record Footprint(long bytes, long inodes) {

  /** Of most file systems; small files and directories take a whole one. */
  private static final long BLOCK = 4096;

  /** The journal's records, the log, the commands of a run, temporary links. */
  private static final long SPARE_BYTES = 1 << 20;

  private static final long SPARE_INODES = 64;

  /** While it is assembled the manifest is there as it came, and as it will be kept. */
  private static final int MANIFESTS = 2;

  /** The digest, the blanks and the newline of a line of the manifest. */
  private static final int MANIFEST_LINE = 67;

  /** Of a release made of {@code payload}, with so many links into shared. */
  static Footprint of(Payload payload, int links) {
    Set<String> directories = new HashSet<>(payload.emptyDirectories());
    payload.emptyDirectories().forEach(path -> addParents(path, directories));
    long bytes = 0;
    long manifest = 0;
    for (Listing.Item file : payload.files().items()) {
      addParents(file.path(), directories);
      bytes += blocks(file.size());
      // A character of a path has at most as many bytes as make it twice as long, nearly always.
      manifest += MANIFEST_LINE + 2L * file.path().length();
    }
    long inodes = payload.files().count() + directories.size() + links + SPARE_INODES;
    return new Footprint(
        bytes + directories.size() * BLOCK + MANIFESTS * blocks(manifest) + SPARE_BYTES, inodes);
  }

  private static void addParents(String path, Set<String> directories) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      if (!directories.add(path.substring(0, slash))) {
        return;
      }
    }
  }

  private static long blocks(long bytes) {
    return (bytes + BLOCK - 1) / BLOCK * BLOCK;
  }
}
