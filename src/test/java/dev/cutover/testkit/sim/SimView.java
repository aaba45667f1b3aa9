package dev.cutover.testkit.sim;

import dev.cutover.testkit.host.HostView;
import dev.cutover.testkit.sim.SimDisk.Dir;
import dev.cutover.testkit.sim.SimDisk.Link;
import dev.cutover.testkit.sim.SimDisk.Node;
import dev.cutover.testkit.sim.SimDisk.View;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a machine in memory. What a test changes there is not synced. */
public final class SimView implements HostView {

  private final SimDisk disk;

  public SimView(Machine machine) {
    this.disk = machine.disk();
  }

  private Optional<Node> followed(String path) {
    return disk.real(path).flatMap(real -> disk.at(real, View.NOW));
  }

  private String real(String path) {
    return disk.real(path).orElseThrow(() -> new IllegalStateException(path + " is not there"));
  }

  /** The path of a name in a directory that may be reached by links. */
  private String entry(String path) {
    String parent = SimDisk.parent(path);
    return parent.isEmpty() ? path : real(parent) + path.substring(parent.length());
  }

  @Override
  public boolean exists(String path) {
    return followed(path).isPresent();
  }

  @Override
  public boolean isDirectory(String path) {
    return followed(path).filter(Dir.class::isInstance).isPresent();
  }

  @Override
  public boolean isLink(String path) {
    return disk.link(path, View.NOW).isPresent();
  }

  @Override
  public String readLink(String path) {
    return disk.link(path, View.NOW).orElseThrow();
  }

  @Override
  public String text(String path) {
    return disk.text(real(path), View.NOW).orElseThrow().toString();
  }

  @Override
  public long size(String path) {
    return text(path).getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String mode(String path) {
    return Shape.bits(followed(path).orElseThrow());
  }

  @Override
  public void chmod(String path, String bits) {
    int mode = 0;
    for (int i = 0; i < bits.length(); i++) {
      mode = mode << 1 | (bits.charAt(i) == '-' ? 0 : 1);
    }
    disk.chmod(real(path), mode);
  }

  @Override
  public List<String> list(String path) {
    return disk.names(real(path));
  }

  @Override
  public List<String> tree() {
    List<String> paths = new ArrayList<>();
    disk.dir("", View.NOW).ifPresent(root -> add("", root, paths));
    return paths.stream().sorted().toList();
  }

  private static void add(String prefix, Dir dir, List<String> paths) {
    dir.in(View.NOW)
        .forEach(
            (name, node) -> {
              paths.add(prefix + name);
              if (node instanceof Dir below) {
                add(prefix + name + "/", below, paths);
              }
            });
  }

  @Override
  public void write(String path, String text) {
    disk.write(
        disk.at(path, View.NOW).orElse(null) instanceof Link ? real(path) : entry(path), text);
  }

  @Override
  public void append(String path, String text) {
    write(path, text(path) + text);
  }

  @Override
  public void mkdirs(String path) {
    disk.mkdirs(path);
  }

  @Override
  public void symlink(String path, String to) {
    disk.symlink(entry(path), to);
  }

  @Override
  public void move(String from, String to) {
    disk.rename(entry(from), entry(to));
  }

  @Override
  public void delete(String path) {
    disk.remove(entry(path));
  }
}
