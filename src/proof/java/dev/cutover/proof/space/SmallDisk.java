package dev.cutover.proof.space;

import dev.cutover.testkit.Commands;
import dev.cutover.testkit.time.Pause;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

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
    } catch (IOException | IllegalStateException e) {
      return false;
    }
  }

  static SmallDisk mount(Path at) throws IOException {
    Files.createDirectories(at);
    Commands.must(
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
    int free = Integer.parseInt(Commands.must("stat", "-f", "-c", "%d", mount.toString()));
    for (int i = 0; i < free - leave; i++) {
      Files.createFile(directory.resolve("f" + i));
    }
  }

  void empty() {
    Commands.must(
        "rm", "-rf", mount.resolve("filler").toString(), mount.resolve("fillers").toString());
  }

  void readOnly(boolean readOnly) {
    String[] command = {"mount", "-o", "remount," + (readOnly ? "ro" : "rw"), mount.toString()};
    // It is refused while a process that ends just now has a file open to write.
    for (int tries = 0; tries < 50; tries++) {
      if (Commands.run(command).ok()) {
        return;
      }
      Pause.millis(100);
    }
    Commands.must(command);
  }

  /** Keeps a path below the root from being changed, even by its owner. */
  void immutable(String path, boolean immutable) {
    Commands.must("chattr", immutable ? "+i" : "-i", root().resolve(path).toString());
  }

  /** Gives a path below the root, not what is in it, to a user. */
  void give(String path, int user) {
    Commands.must("chown", user + ":" + user, root().resolve(path).toString());
  }

  /** Puts the root back to what {@code template} holds, whose owner it gets. */
  void restore(Path template) {
    clear();
    Commands.must("cp", "-a", template.toString(), root().toString());
  }

  void clear() {
    Commands.must("rm", "-rf", root().toString());
  }

  /** Keeps what the root holds. */
  void save(Path template) {
    Commands.must("cp", "-a", root().toString(), template.toString());
  }

  private void unmount() {
    // Lazily: what still has a file open there must not keep it mounted.
    Commands.must("umount", "-l", mount.toString());
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(ifKilled);
    unmount();
  }
}
