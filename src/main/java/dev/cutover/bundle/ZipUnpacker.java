package dev.cutover.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Reads a zip or a jar. */
final class ZipUnpacker implements Unpacker {

  private static final int LONGEST_LINK = 4096;

  @Override
  public void unpack(Path archive, UnpackedFiles store, ArchiveTree tree, ItemSink sink)
      throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
        if (sink.allowed(nameOf(entry))) {
          take(zip, entry, Names.normal(entry.getName()), store, tree, sink);
        }
      }
    }
  }

  /** Its name, or its raw name if reading it has turned backslashes into slashes. */
  private static String nameOf(ZipArchiveEntry entry) {
    byte[] raw = entry.getRawName();
    String bytes = raw == null ? "" : new String(raw, ISO_8859_1);
    return bytes.indexOf('\\') >= 0 ? bytes : entry.getName();
  }

  private static void take(
      ZipFile zip,
      ZipArchiveEntry entry,
      String name,
      UnpackedFiles store,
      ArchiveTree tree,
      ItemSink sink)
      throws IOException {
    int type = entry.getUnixMode() & UnixStat.FILE_TYPE_FLAG;
    if (entry.isDirectory()) {
      tree.directory(name);
    } else if (!zip.canReadEntryData(entry)) {
      sink.refuse(
          Names.shown(entry.getName()) + " is encrypted, or compressed in a way not known here");
    } else if (type == UnixStat.LINK_FLAG && entry.getSize() <= LONGEST_LINK) {
      tree.link(name, zip.getUnixSymlink(entry), false);
    } else if (name.isEmpty() || (type != 0 && type != UnixStat.FILE_FLAG)) {
      sink.refuse(Names.shown(entry.getName()) + " is of a kind that cannot be read");
    } else {
      tree.file(name, checked(zip, entry, store));
    }
  }

  private static Path checked(ZipFile zip, ZipArchiveEntry entry, UnpackedFiles store)
      throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream content = new CheckedInputStream(zip.getInputStream(entry), crc)) {
      Path file = store.store(content);
      if (crc.getValue() != entry.getCrc()) {
        throw new IOException("the checksum of " + Names.shown(entry.getName()) + " is wrong");
      }
      return file;
    }
  }
}
