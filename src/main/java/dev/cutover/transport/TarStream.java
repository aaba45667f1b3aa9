package dev.cutover.transport;

import dev.cutover.domain.Listing;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A release, or a part of it, as a tar stream: directories 0755, files with the modes of the
 * manifest, all with the time of the release, so that a web server that goes by time and size sees
 * that files changed. Long names and sizes in GNU's form: of the forms that GNU, BSD and busybox
 * tar read, it is the only one busybox does not cut off.
 */
final class TarStream {

  private static final int BUFFER = 1 << 16;

  /**
   * Nothing follows the two empty blocks of the end. GNU tar ends there and leaves the rest of a
   * pipe unread: to write it fails, and a server may end the process for that, in its last work.
   */
  private static final int NO_PADDING = 512;

  private final ReleaseId id;
  private final Payload payload;
  private final Shares shares;
  private final Progress progress;
  private final TarArchiveOutputStream tar;
  private final Date time;
  private final Set<String> directories = new HashSet<>();
  private final byte[] buffer = new byte[BUFFER];

  /** A stream of the files that it takes from {@code shares}. */
  TarStream(ReleaseId id, Payload payload, Shares shares, Progress progress, OutputStream out) {
    this.id = id;
    this.payload = payload;
    this.shares = shares;
    this.progress = progress;
    this.tar = new TarArchiveOutputStream(out, NO_PADDING, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    this.time = Date.from(id.instant().orElse(Instant.parse("2000-01-01T00:00:00Z")));
  }

  /** Writes files, and all that is no file; the manifest last. */
  void writeWhole() throws IOException {
    directory(id.value());
    for (String empty : payload.emptyDirectories()) {
      parents(id.value() + "/" + empty);
      directory(id.value() + "/" + empty);
    }
    files();
    file(id.value() + ".modes", 0, 0600, InputStream.nullInputStream());
    String text = payload.manifest().textWith(payload.emptyDirectories());
    byte[] manifest = text.getBytes(StandardCharsets.UTF_8);
    file(id.value() + ".manifest", manifest.length, 0600, new ByteArrayInputStream(manifest));
    end();
  }

  /** Writes files. */
  void writeShares() throws IOException {
    files();
    end();
  }

  private void files() throws IOException {
    for (List<Listing.Item> share = shares.take(); !share.isEmpty(); share = shares.take()) {
      for (Listing.Item file : share) {
        String name = id.value() + "/" + file.path();
        parents(name);
        try (InputStream content = progress.of(payload.open(file.path()))) {
          file(name, file.size(), file.mode(), content);
        }
      }
    }
  }

  private void end() throws IOException {
    tar.finish();
    tar.flush();
  }

  private void parents(String name) throws IOException {
    for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
      directory(name.substring(0, slash));
    }
  }

  private void directory(String name) throws IOException {
    if (directories.add(name)) {
      TarArchiveEntry entry = new TarArchiveEntry(name + "/");
      entry.setMode((TarArchiveEntry.DEFAULT_DIR_MODE & ~0777) | 0755);
      entry.setModTime(time);
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }
  }

  private void file(String name, long size, int mode, InputStream content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setMode((TarArchiveEntry.DEFAULT_FILE_MODE & ~0777) | mode);
    entry.setModTime(time);
    tar.putArchiveEntry(entry);
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      tar.write(buffer, 0, read);
    }
    tar.closeArchiveEntry();
  }
}
