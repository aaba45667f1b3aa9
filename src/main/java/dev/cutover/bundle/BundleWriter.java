package dev.cutover.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cutover.domain.Manifest;
import dev.cutover.domain.Payload;
import dev.cutover.error.CutoverException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a bundle where people can look at it: what {@code deploy:bundle} leaves. */
public final class BundleWriter {

  private static final int BUFFER = 64 * 1024;

  private final Path directory;

  /**
   * A writer to one place.
   *
   * @param directory {@code target/deploy/bundle}; all that is in it is removed first
   */
  public BundleWriter(Path directory) {
    this.directory = directory;
  }

  /**
   * Writes the release below {@code tree}, and beside it {@code manifest.sha256} (for {@code
   * sha256sum -c}, run in {@code tree}) and {@code modes}.
   *
   * @throws CutoverException if that cannot be written, or a source is no longer what was hashed
   */
  public void write(Payload payload) {
    try {
      FileTrees.delete(directory);
      Path tree = Files.createDirectories(directory.resolve("tree"));
      for (String empty : payload.emptyDirectories()) {
        Files.createDirectories(tree.resolve(empty));
      }
      for (Manifest.Entry entry : payload.manifest().entries()) {
        Path file = tree.resolve(entry.path());
        Files.createDirectories(tree.resolve(Names.parent(entry.path())));
        copy(payload, entry, file);
        setMode(file, entry.mode());
      }
      Manifest manifest = payload.manifest();
      String modes = Modes.text(manifest.entries(), payload.emptyDirectories());
      Files.writeString(directory.resolve("manifest.sha256"), manifest.text(), UTF_8);
      Files.writeString(directory.resolve("modes"), modes, UTF_8);
    } catch (IOException | InvalidPathException e) {
      throw new CutoverException("cannot write the bundle to " + directory + ": " + e, "", e);
    }
  }

  private static void copy(Payload payload, Manifest.Entry entry, Path file) throws IOException {
    Sha256 digest = new Sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = payload.open(entry.path());
        OutputStream out = Files.newOutputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.add(buffer, n);
        out.write(buffer, 0, n);
      }
    }
    if (!digest.hex().equals(entry.sha256())) {
      throw new IOException("the source of '" + entry.path() + "' changed meanwhile");
    }
  }

  private static void setMode(Path file, int mode) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return; // Windows; the modes file tells.
    }
    StringBuilder permissions = new StringBuilder("rwxrwxrwx");
    for (int i = 0; i < permissions.length(); i++) {
      if ((mode & (0400 >> i)) == 0) {
        permissions.setCharAt(i, '-');
      }
    }
    view.setPermissions(PosixFilePermissions.fromString(permissions.toString()));
  }
}
