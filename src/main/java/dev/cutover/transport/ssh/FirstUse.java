package dev.cutover.transport.ssh;

import dev.cutover.error.CutoverException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.function.Consumer;

/** Writes down the key of a host nobody knew yet, and says so. */
final class FirstUse {

  private final Consumer<String> notices;

  FirstUse(Consumer<String> notices) {
    this.notices = notices;
  }

  /** Appends the entry; a file that is missing is made with mode 0600. */
  synchronized void remember(Path file, HostName name, byte[] key) {
    String type = HostKeys.type(key);
    String entry = name.known() + " " + type + " " + Base64.getEncoder().encodeToString(key) + "\n";
    try {
      create(file);
      byte[] before = Files.readAllBytes(file);
      boolean torn = before.length > 0 && before[before.length - 1] != '\n';
      Files.writeString(
          file, torn ? "\n" + entry : entry, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new CutoverException(
          "the key of %s could not be added to %s: %s"
              .formatted(name.known(), file, e.getMessage()),
          "Make that file writable, or add the key by hand.",
          e);
    }
    notices.accept(
        "%s was not known: its %s key %s is trusted from now on (added to %s)"
            .formatted(name.known(), type, HostKeys.fingerprint(key), file));
  }

  private static void create(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      if (posix) {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      }
    }
    if (posix) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }
}
