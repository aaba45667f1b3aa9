package dev.cutover.transport;

import dev.cutover.domain.Manifest;
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
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A release as a tar stream: directories 0755, files with the modes of the manifest, all with the
 * time of the release, so that a web server that goes by time and size sees that files changed.
 * Long names and sizes in GNU's form: of the forms that GNU, BSD and busybox tar read, it is the
 * only one busybox does not cut off.
 */
final class TarStream {

  private static final int BUFFER = 1 << 16;

  private final ReleaseId id;
  private final Payload payload;
  private final Progress progress;
  private final Date time;
  private final Set<String> directories = new HashSet<>();

  TarStream(ReleaseId id, Payload payload, Progress progress) {
    this.id = id;
    this.payload = payload;
    this.progress = progress;
    this.time = Date.from(id.instant().orElse(Instant.parse("2000-01-01T00:00:00Z")));
  }

  void writeTo(OutputStream out) throws IOException {
    TarArchiveOutputStream tar =
        new TarArchiveOutputStream(out, BUFFER, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    byte[] buffer = new byte[BUFFER];
    directory(tar, id.value());
    for (String empty : payload.emptyDirectories()) {
      parents(tar, id.value() + "/" + empty);
      directory(tar, id.value() + "/" + empty);
    }
    for (Manifest.Entry file : payload.manifest().entries()) {
      String name = id.value() + "/" + file.path();
      parents(tar, name);
      try (InputStream content = progress.of(payload.open(file))) {
        file(tar, name, file.size(), file.mode(), content, buffer);
      }
    }
    file(tar, id.value() + ".modes", 0, 0600, InputStream.nullInputStream(), buffer);
    byte[] manifest = payload.manifest().text().getBytes(StandardCharsets.UTF_8);
    InputStream text = new ByteArrayInputStream(manifest);
    file(tar, id.value() + ".manifest", manifest.length, 0600, text, buffer);
    tar.finish();
    tar.flush();
  }

  private void parents(TarArchiveOutputStream tar, String name) throws IOException {
    for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
      directory(tar, name.substring(0, slash));
    }
  }

  private void directory(TarArchiveOutputStream tar, String name) throws IOException {
    if (directories.add(name)) {
      TarArchiveEntry entry = new TarArchiveEntry(name + "/");
      entry.setMode((TarArchiveEntry.DEFAULT_DIR_MODE & ~0777) | 0755);
      entry.setModTime(time);
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }
  }

  private void file(
      TarArchiveOutputStream tar,
      String name,
      long size,
      int mode,
      InputStream content,
      byte[] buffer)
      throws IOException {
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
