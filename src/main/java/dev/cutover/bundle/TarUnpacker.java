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

/** Reads a tar, plain or gzipped. */
final class TarUnpacker implements Unpacker {

  private static final int BUFFER = 64 * 1024;

  private final boolean gzipped;

  TarUnpacker(boolean gzipped) {
    this.gzipped = gzipped;
  }

  @Override
  public void unpack(Path archive, UnpackedFiles store, ArchiveTree tree, ItemSink sink)
      throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
        InputStream bytes = gzipped ? new GZIPInputStream(file, BUFFER) : file;
        TarArchiveInputStream tar = new TarArchiveInputStream(bytes, UTF_8.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (sink.allowed(entry.getName())) {
          take(entry, Names.normal(entry.getName()), tar, store, tree, sink);
        }
      }
      bytes.transferTo(OutputStream.nullOutputStream()); // gzip keeps its checksum at the end.
    }
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
