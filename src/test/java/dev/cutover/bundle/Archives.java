package dev.cutover.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Makes archives, also such as no well-meaning tool makes. */
final class Archives {

  private record Entry(String name, byte type, String content) {}

  private final List<Entry> entries = new ArrayList<>();

  Archives file(String name, String content) {
    return entry(name, TarConstants.LF_NORMAL, content);
  }

  Archives directory(String name) {
    return entry(name + "/", TarConstants.LF_DIR, "");
  }

  Archives symlink(String name, String target) {
    return entry(name, TarConstants.LF_SYMLINK, target);
  }

  Archives hardLink(String name, String target) {
    return entry(name, TarConstants.LF_LINK, target);
  }

  Archives entry(String name, byte type, String content) {
    entries.add(new Entry(name, type, content));
    return this;
  }

  void tar(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      tar(out);
    }
  }

  void tarGz(Path file) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      tar(out);
    }
  }

  private void tar(OutputStream out) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (Entry entry : entries) {
        TarArchiveEntry header = new TarArchiveEntry(entry.name(), entry.type(), true);
        header.setMode(0777);
        boolean link =
            entry.type() == TarConstants.LF_SYMLINK || entry.type() == TarConstants.LF_LINK;
        byte[] content = entry.content().getBytes(UTF_8);
        if (link) {
          header.setLinkName(entry.content());
        } else {
          header.setSize(content.length);
        }
        tar.putArchiveEntry(header);
        if (!link) {
          tar.write(content);
        }
        tar.closeArchiveEntry();
      }
    }
  }

  void zip(Path file) throws IOException {
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
      for (Entry entry : entries) {
        ZipArchiveEntry header = new ZipArchiveEntry(entry.name());
        header.setUnixMode(
            switch (entry.type()) {
              case TarConstants.LF_DIR -> 040777;
              case TarConstants.LF_SYMLINK -> 0120777;
              case TarConstants.LF_FIFO -> 010777;
              default -> 0100777;
            });
        zip.putArchiveEntry(header);
        zip.write(entry.content().getBytes(UTF_8));
        zip.closeArchiveEntry();
      }
    }
  }
}
