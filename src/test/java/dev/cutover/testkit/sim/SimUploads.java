package dev.cutover.testkit.sim;

import dev.cutover.domain.Manifest;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** SimUploads: each try has a place of its own below {@code staging/}. */
final class SimUploads {

  /** How the points of an upload begin, but for the manifest's. */
  static final String POINTS = "upload file ";

  /** Up to here each file goes up on its own, and its mode does not go with it. */
  private static final int FEW = 16;

  private static final int PRIVATE = 0700;

  /** So that all numbers have as many digits. */
  private static final int FIRST = 100_000;

  private SimUploads() {}

  /** The places of all tries for a staged tree, in their order. */
  static List<String> of(Machine machine, String tree) {
    String prefix = tree.substring(Machine.STAGING.length() + 1) + ".up-";
    return machine.disk().names(Machine.STAGING).stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> Machine.STAGING + "/" + name)
        .toList();
  }

  /** Removes what tries have left. */
  static void remove(Script script, String tree) {
    List<String> left = of(script.machine(), tree);
    if (!left.isEmpty()) {
      script.point("remove the place of the upload", Writes.REMOVES);
      left.forEach(script.disk()::remove);
    }
  }

  /** Sends a payload; whether the modes went with it. */
  static boolean send(Script script, ReleaseId id, Payload payload) {
    List<Manifest.Entry> files = payload.manifest().entries();
    boolean tar = files.size() > FEW || !payload.emptyDirectories().isEmpty();
    SimDisk disk = script.disk();
    String place = place(script, id);
    String tree = place + "/" + id;
    for (Manifest.Entry entry : files) {
      script.point(POINTS + entry.path(), Writes.MUCH);
      String path = tree + "/" + entry.path();
      mkdirs(disk, SimDisk.parent(path), tar);
      disk.write(path, script.damaged() ? "half" : text(payload, entry));
      if (tar) {
        disk.chmod(path, entry.mode());
      }
    }
    payload.emptyDirectories().forEach(name -> mkdirs(disk, tree + "/" + name, true));
    script.point("upload the manifest", Writes.MUCH);
    if (tar) {
      disk.write(tree + ".modes", "");
    }
    disk.write(tree + ".manifest", payload.manifest().textWith(payload.emptyDirectories()));
    return tar;
  }

  private static void mkdirs(SimDisk disk, String path, boolean tar) {
    if (tar) {
      disk.mkdirs(path);
    } else {
      disk.mkdirs(path, PRIVATE);
    }
  }

  /** Of two tries the later has the greater name. */
  private static String place(Script script, ReleaseId id) {
    long now = script.world().now().toEpochMilli();
    int number = FIRST + script.machine().uploads++;
    return Machine.STAGING + "/" + id + ".up-" + now + "-" + number;
  }

  private static String text(Payload payload, Manifest.Entry entry) {
    try (InputStream content = payload.open(entry.path())) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
