package dev.cutover.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a tar, plain or gzipped. */
final class TarUnpacker implements Unpacker {

  private static final int BUFFER = 64 * 1024;

  private final boolean gzipped;

  TarUnpacker(boolean gzipped) {
    this.gzipped = gzipped;
  }

  @Override
  public void unpack(
      Path archive, UnpackedFiles store, ArchiveTree tree, ItemSink sink, ArchiveLimits limits)
      throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
        ArchiveLimits.Metered bytes =
            limits.metered(gzipped ? new GZIPInputStream(file, BUFFER) : file);
        TarArchiveInputStream tar = new TarArchiveInputStream(bytes, UTF_8.name())) {
      for (TarArchiveEntry entry = next(tar, bytes); entry != null; entry = next(tar, bytes)) {
        limits.entry(entry.getName());
        if (sink.allowed(entry.getName())) {
          take(entry, Names.normal(entry.getName()), tar, store, tree, sink);
        }
      }
      bytes.transferTo(OutputStream.nullOutputStream()); // gzip keeps its checksum at the end.
    }
  }

  /** What is left of one before goes first, so that nothing but a header is read for the next. */
  private static @Nullable TarArchiveEntry next(
      TarArchiveInputStream tar, ArchiveLimits.Metered bytes) throws IOException {
    if (tar.getCurrentEntry() != null) {
      tar.transferTo(OutputStream.nullOutputStream());
    }
    bytes.header();
    TarArchiveEntry entry = tar.getNextEntry();
    bytes.content();
    return entry;
  }

  private static void take(
      TarArchiveEntry entry,
      String name,
      TarArchiveInputStream tar,
      UnpackedFiles store,
      ArchiveTree tree,
      ItemSink sink)
      throws IOException {
    if (entry.isDirectory()) {
      tree.directory(name);
    } else if (entry.isSymbolicLink() || entry.isLink()) {
      tree.link(name, entry.getLinkName(), entry.isLink());
    } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
      sink.refuse(Names.shown(entry.getName()) + " is a device");
    } else if (name.isEmpty() || !entry.isFile() || !tar.canReadEntryData(entry)) {
      sink.refuse(Names.shown(entry.getName()) + " is of a kind that cannot be read");
    } else {
      tree.file(name, store.store(tar));
    }
  }
}
