package dev.cutover.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Reads one kind of archive. */
interface Unpacker {

  /**
   * Unpacks all entries; what must not be in a release is refused to the sink.
   *
   * @param store where the bytes of the entries go
   * @throws ArchiveLimits.ExceededException if it goes beyond the limits
   */
  void unpack(
      Path archive, UnpackedFiles store, ArchiveTree tree, ItemSink sink, ArchiveLimits limits)
      throws IOException;

  /** The unpacker for a file of this name. */
  static Optional<Unpacker> named(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
      return Optional.of(new TarUnpacker(true));
    }
    if (name.endsWith(".tar")) {
      return Optional.of(new TarUnpacker(false));
    }
    boolean zip =
        name.endsWith(".zip")
            || name.endsWith(".jar")
            || name.endsWith(".war")
            || name.endsWith(".ear");
    return zip ? Optional.of(new ZipUnpacker()) : Optional.empty();
  }
}
