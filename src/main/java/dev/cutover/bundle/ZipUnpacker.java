package dev.cutover.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

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
  public void unpack(
      Path archive, UnpackedFiles store, ArchiveTree tree, ItemSink sink, ArchiveLimits limits)
      throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
        limits.entry(entry.getName());
        if (sink.allowed(nameOf(entry))) {
          take(new Entry(zip, entry, limits), Names.normal(entry.getName()), store, tree, sink);
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

  private record Entry(ZipFile zip, ZipArchiveEntry header, ArchiveLimits limits) {
    InputStream content() throws IOException {
      return limits.metered(zip.getInputStream(header));
    }
  }

  private static void take(
      Entry from, String name, UnpackedFiles store, ArchiveTree tree, ItemSink sink)
      throws IOException {
    ZipArchiveEntry entry = from.header();
    int type = entry.getUnixMode() & UnixStat.FILE_TYPE_FLAG;
    if (entry.isDirectory()) {
      tree.directory(name);
    } else if (!from.zip().canReadEntryData(entry)) {
      sink.refuse(
          Names.shown(entry.getName()) + " is encrypted, or compressed in a way not known here");
    } else if (type == UnixStat.LINK_FLAG && !name.isEmpty()) {
      link(from, name, tree, sink);
    } else if (name.isEmpty() || (type != 0 && type != UnixStat.FILE_FLAG)) {
      sink.refuse(Names.shown(entry.getName()) + " is of a kind that cannot be read");
    } else {
      tree.file(name, checked(from, store));
    }
  }

  /** Its size is only what it says of itself. */
  private static void link(Entry from, String name, ArchiveTree tree, ItemSink sink)
      throws IOException {
    try (InputStream content = from.content()) {
      byte[] target = content.readNBytes(LONGEST_LINK + 1);
      if (target.length > LONGEST_LINK) {
        sink.refuse(Names.shown(name) + " is of a kind that cannot be read");
      } else {
        tree.link(name, new String(target, UTF_8), false);
      }
    }
  }

  private static Path checked(Entry from, UnpackedFiles store) throws IOException {
    ZipArchiveEntry entry = from.header();
    CRC32 crc = new CRC32();
    try (InputStream content = new CheckedInputStream(from.content(), crc)) {
      Path file = store.store(content);
      if (crc.getValue() != entry.getCrc()) {
        throw new IOException("the checksum of " + Names.shown(entry.getName()) + " is wrong");
      }
      return file;
    }
  }
}
