package dev.cutover.proof.power;

import dev.cutover.testkit.Commands;
import dev.cutover.testkit.time.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An ext4 file system in a file, mounted here; its power can be cut. */
final class LoopDisk implements AutoCloseable {

  private static final String SIZE = "24M";

  /** No help from the kernel: nothing is on disk before it was asked for. */
  private static final String OPTIONS = "loop,noatime,noauto_da_alloc,commit=300";

  private final Path image;
  private final Path mount;
  private final Thread cleaning = new Thread(this::release);

  private LoopDisk(Path image, Path mount) {
    this.image = image;
    this.mount = mount;
  }

  /** Why this machine cannot; empty if it can. */
  static String refusal(Path work) throws IOException {
    try (LoopDisk disk = made(work.resolve("try.img"), work.resolve("try"))) {
      disk.mount();
      Commands.Ended cut = Commands.run(cut(disk.mount));
      return cut.ok() ? "" : cut.said();
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  static LoopDisk made(Path image, Path mount) throws IOException {
    Commands.must("truncate", "-s", SIZE, image.toString());
    Commands.must("mkfs.ext4", "-q", "-F", image.toString());
    return new LoopDisk(image, Files.createDirectories(mount));
  }

  /** Another disk with the same content, to be mounted at the same place. */
  LoopDisk copy(Path to) {
    Commands.must("cp", "--sparse=always", image.toString(), to.toString());
    return new LoopDisk(to, mount);
  }

  void mount() {
    Runtime.getRuntime().addShutdownHook(cleaning);
    Commands.must("mount", "-o", OPTIONS, image.toString(), mount.toString());
  }

  /** The command that cuts the power of what is mounted at {@code mount}, log and all. */
  static String[] cut(Path mount) {
    return new String[] {
      "perl",
      "-e",
      "my $how = pack('I', 2); open(F, '<', $ARGV[0]) or die \"$!\\n\";"
          + " ioctl(F, 0x8004587d, $how) or die \"$!\\n\"",
      mount.toString()
    };
  }

  void cut() {
    Commands.must(cut(mount));
  }

  void unmount() {
    for (int i = 0; i < 100; i++) {
      if (Commands.run("umount", mount.toString()).ok()) {
        forget();
        return;
      }
      Pause.millis(100);
    }
    throw new IllegalStateException(mount + " stays busy");
  }

  /** As after the power is back: the log is replayed. */
  void remount() {
    unmount();
    mount();
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(cleaning);
    } catch (IllegalStateException e) {
      // This is the shutdown.
    }
  }

  private void release() {
    if (Commands.run("mountpoint", "-q", mount.toString()).ok()) {
      Commands.run("umount", "-l", mount.toString());
    }
  }

  @Override
  public void close() throws IOException {
    release();
    forget();
    Files.deleteIfExists(image);
  }
}
