package dev.cutover.proof.space;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A file system of its own with little room, in memory; unmounted when it is closed. */
final class SmallDisk implements AutoCloseable {

  private static final String SIZE = "12m";
  private static final int INODES = 1500;

  private final Path mount;

  private final Thread ifKilled = new Thread(this::unmount);

  private SmallDisk(Path mount) {
    this.mount = mount;
    Runtime.getRuntime().addShutdownHook(ifKilled);
  }

  /** Whether this user may mount. */
  static boolean possible(Path at) {
    try {
      mount(at).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static SmallDisk mount(Path at) throws IOException {
    Files.createDirectories(at);
    run(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "mode=755,size=%s,nr_inodes=%d".formatted(SIZE, INODES),
        "cutover-proof",
        at.toString());
    return new SmallDisk(at);
  }

  /** Where the releases go. */
  Path root() {
    return mount.resolve("srv");
  }

  /** Lets so many bytes be free, by a file of somebody else's. */
  void fill(long leave) throws IOException {
    try (OutputStream out = Files.newOutputStream(mount.resolve("filler"))) {
      byte[] page = new byte[4096];
      while (Files.getFileStore(mount).getUsableSpace() >= leave + page.length) {
        out.write(page);
        out.flush();
      }
    }
  }

  /** Lets so many inodes be free. */
  void fillInodes(int leave) throws IOException {
    Path directory = Files.createDirectory(mount.resolve("fillers"));
    int free = Integer.parseInt(run("stat", "-f", "-c", "%d", mount.toString()).strip());
    for (int i = 0; i < free - leave; i++) {
      Files.createFile(directory.resolve("f" + i));
    }
  }

  void empty() throws IOException {
    run("rm", "-rf", mount.resolve("filler").toString(), mount.resolve("fillers").toString());
  }

  void readOnly(boolean readOnly) throws IOException {
    String[] command = {"mount", "-o", "remount," + (readOnly ? "ro" : "rw"), mount.toString()};
    // It is refused while a process that ends just now has a file open to write.
    for (int tries = 0; tries < 50; tries++) {
      try {
        run(command);
        return;
      } catch (IOException busy) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
    run(command);
  }

  /** Keeps a path below the root from being changed, even by its owner. */
  void immutable(String path, boolean immutable) throws IOException {
    run("chattr", immutable ? "+i" : "-i", root().resolve(path).toString());
  }

  /** Gives a path below the root, not what is in it, to a user. */
  void give(String path, int user) throws IOException {
    run("chown", user + ":" + user, root().resolve(path).toString());
  }

  /** Puts the root back to what {@code template} holds, whose owner it gets. */
  void restore(Path template) throws IOException {
    clear();
    run("cp", "-a", template.toString(), root().toString());
  }

  void clear() throws IOException {
    run("rm", "-rf", root().toString());
  }

  /** Keeps what the root holds. */
  void save(Path template) throws IOException {
    run("cp", "-a", root().toString(), template.toString());
  }

  private static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(List.copyOf(Arrays.asList(command)) + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return said;
  }

  private void unmount() {
    try {
      // Lazily: what still has a file open there must not keep it mounted.
      run("umount", "-l", mount.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(ifKilled);
    unmount();
  }
}
