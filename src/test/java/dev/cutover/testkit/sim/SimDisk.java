package dev.cutover.testkit.sim;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A file system that knows what a power cut would leave of it. What a file holds survives once the
 * file was synced; that it has its name, once its directory was. A rename between two directories
 * is one change: it survives when either was synced.
 *
 * <p>Paths are relative to the root, without a leading slash; the root is the empty path.
 */
public final class SimDisk {

  /** Which of the two a reader sees. */
  public enum View {
    /** What programs see. */
    NOW,
    /** What would be left if the power failed and everything not synced were lost. */
    KEPT
  }

  /** A file, directory or link. */
  public abstract static sealed class Node permits Dir, Text, Link {
    private int mode;

    private Node(int mode) {
      this.mode = mode;
    }

    /** The permission bits. */
    int mode() {
      return mode;
    }
  }

  /** A directory. */
  public static final class Dir extends Node {
    private final Map<String, Node> now = new TreeMap<>();
    private final Map<String, Node> kept = new TreeMap<>();

    private Dir(int mode) {
      super(mode);
    }

    Map<String, Node> in(View view) {
      return view == View.NOW ? now : kept;
    }
  }

  /** A file; its content is any immutable value, as text what {@code toString} makes of it. */
  public static final class Text extends Node {
    private Object now = "";
    private Object kept = "";

    private Text() {
      super(OURS);
    }

    Object in(View view) {
      return view == View.NOW ? now : kept;
    }
  }

  /** A symbolic link; what it says is as durable as its name. */
  public static final class Link extends Node {
    private final String to;

    private Link(String to) {
      super(ANYBODYS);
      this.to = to;
    }

    String to() {
      return to;
    }
  }

  /** Content that grows at its end, so that a power cut may leave the beginning of it. */
  interface Growing {
    int parts();

    Growing first(int parts);
  }

  private static final int OURS = 0600;
  private static final int ANYBODYS = 0777;
  private static final int PUBLIC = 0755;

  /** One entry of one directory that is not synced yet; an empty node: removed. */
  private record Entry(Dir dir, String name, Optional<Node> node) {

    boolean isNamedIn(List<Entry> others) {
      for (Entry other : others) {
        if (other.dir() == dir && other.name().equals(name)) {
          return true;
        }
      }
      return false;
    }
  }

  /** What is kept or lost together. */
  private record Change(List<Entry> entries) {

    boolean isIn(Dir dir) {
      for (Entry entry : entries) {
        if (entry.dir() == dir) {
          return true;
        }
      }
      return false;
    }

    /** Whether every name that it changes is among those of others. */
    boolean isAmong(List<Entry> others) {
      for (Entry entry : entries) {
        if (!entry.isNamedIn(others)) {
          return false;
        }
      }
      return true;
    }
  }

  private final String place;
  private Dir root = new Dir(PUBLIC);
  private final List<Change> unsynced = new ArrayList<>();
  private final List<Text> unsyncedTexts = new ArrayList<>();
  private int changes;

  /** An empty disk whose root is found at an absolute path. */
  SimDisk(String place) {
    this.place = place;
  }

  /** Another number whenever something may have changed. */
  public int changes() {
    return changes;
  }

  /** The node at a path, links not followed. */
  public Optional<Node> at(String path, View view) {
    return at(root, path, view);
  }

  /** The same below a directory. */
  static Optional<Node> at(Dir directory, String path, View view) {
    Node node = directory;
    int from = 0;
    while (from < path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      if (!(node instanceof Dir dir)) {
        return Optional.empty();
      }
      Node next = dir.in(view).get(path.substring(from, to));
      if (next == null) {
        return Optional.empty();
      }
      node = next;
      from = to + 1;
    }
    return Optional.of(node);
  }

  public boolean exists(String path) {
    return at(path, View.NOW).isPresent();
  }

  public Optional<Dir> dir(String path, View view) {
    return at(path, view).filter(Dir.class::isInstance).map(Dir.class::cast);
  }

  public boolean isDir(String path) {
    return dir(path, View.NOW).isPresent();
  }

  /** The names in a directory, in their order; none when there is no such directory. */
  public List<String> names(String path) {
    return dir(path, View.NOW).map(dir -> List.copyOf(dir.now.keySet())).orElse(List.of());
  }

  public Optional<String> link(String path, View view) {
    return at(path, view).filter(Link.class::isInstance).map(node -> ((Link) node).to());
  }

  public Optional<Object> text(String path, View view) {
    return at(path, view).filter(Text.class::isInstance).map(node -> ((Text) node).in(view));
  }

  /** The path of what a path leads to, without links; empty when there is no such thing. */
  Optional<String> real(String path) {
    return new Links(this, place).real(path);
  }

  /** Makes a directory and those above it that are missing, for anybody to read. */
  public void mkdirs(String path) {
    mkdirs(path, PUBLIC);
  }

  /** The same with these permission bits. */
  void mkdirs(String path, int mode) {
    if (path.isEmpty() || exists(path)) {
      return;
    }
    mkdirs(parent(path), mode);
    put(path, new Dir(mode));
  }

  void chmod(String path, int mode) {
    at(path, View.NOW).orElseThrow().mode = mode;
  }

  /** The permission bits of everything below a directory, and its own. */
  void chmodTree(String path, int directories, int files) {
    at(path, View.NOW).ifPresent(node -> chmodTree(node, directories, files));
  }

  private static void chmodTree(Node node, int directories, int files) {
    if (node instanceof Dir dir) {
      node.mode = directories;
      dir.now.values().forEach(child -> chmodTree(child, directories, files));
    } else if (node instanceof Text) {
      node.mode = files;
    }
  }

  /** Makes a file or replaces what it holds. */
  public void write(String path, Object content) {
    Optional<Node> there = at(path, View.NOW);
    Text text;
    if (there.isPresent() && there.get() instanceof Text old) {
      text = old;
    } else {
      text = new Text();
      put(path, text);
    }
    text.now = content;
    changes++;
    if (!unsyncedTexts.contains(text)) {
      unsyncedTexts.add(text);
    }
  }

  public void symlink(String path, String to) {
    put(path, new Link(to));
  }

  void remove(String path) {
    if (exists(path)) {
      change(List.of(new Entry(parentOf(path), name(path), Optional.empty())));
    }
  }

  /** As rename(2): replaces what is there. */
  void rename(String from, String to) {
    Node node = at(from, View.NOW).orElseThrow();
    change(
        List.of(
            new Entry(parentOf(from), name(from), Optional.empty()),
            new Entry(parentOf(to), name(to), Optional.of(node))));
  }

  /** Syncs one file or directory. */
  void sync(String path) {
    changes++;
    at(path, View.NOW).ifPresent(this::sync);
  }

  /** Syncs everything below a directory, and it. */
  public void syncTree(String path) {
    changes++;
    at(path, View.NOW).ifPresent(this::syncTree);
  }

  private void syncTree(Node node) {
    if (node instanceof Dir dir) {
      dir.now.values().forEach(this::syncTree);
    }
    sync(node);
  }

  private void sync(Node node) {
    if (node instanceof Text text) {
      text.kept = text.now;
      unsyncedTexts.remove(text);
    } else if (node instanceof Dir dir) {
      List<Entry> settled = new ArrayList<>();
      for (Change change : unsynced) {
        if (change.isIn(dir)) {
          settled.addAll(change.entries());
        }
      }
      if (!settled.isEmpty()) {
        settled.forEach(SimDisk::keepAsItIs);
        unsynced.removeIf(change -> change.isAmong(settled));
      }
    }
  }

  /** A directory that is synced keeps its names as they are by then. */
  private static void keepAsItIs(Entry entry) {
    Node node = entry.dir().now.get(entry.name());
    keep(new Entry(entry.dir(), entry.name(), Optional.ofNullable(node)));
  }

  private static void keep(Entry entry) {
    if (entry.node().isPresent()) {
      entry.dir().kept.put(entry.name(), entry.node().get());
    } else {
      entry.dir().kept.remove(entry.name());
    }
  }

  /** Whether nothing would be lost. */
  public boolean settled() {
    return unsynced.isEmpty() && unsyncedTexts.isEmpty();
  }

  /** The power fails: everything not synced is lost. */
  void lose() {
    forget();
  }

  /**
   * The power fails: of the changes not synced, those up to some moment are kept, and of the files
   * not synced, some.
   */
  void loseSome(Random random) {
    int kept = random.nextInt(unsynced.size() + 1);
    unsynced.subList(0, kept).forEach(change -> change.entries().forEach(SimDisk::keep));
    for (Text text : unsyncedTexts) {
      if (random.nextBoolean()) {
        text.kept = text.now;
      } else if (text.now instanceof Growing now) {
        int from = text.kept instanceof Growing before ? before.parts() : 0;
        int part =
            Math.min(now.parts(), from + random.nextInt(Math.max(0, now.parts() - from) + 1));
        text.kept = now.first(part);
      }
    }
    forget();
  }

  private void forget() {
    changes++;
    unsynced.clear();
    unsyncedTexts.clear();
    forget(root);
  }

  private static void forget(Node node) {
    if (node instanceof Text text) {
      text.now = text.kept;
    } else if (node instanceof Dir dir) {
      dir.now.clear();
      dir.now.putAll(dir.kept);
      dir.now.values().forEach(SimDisk::forget);
    }
  }

  private void put(String path, Node node) {
    change(List.of(new Entry(parentOf(path), name(path), Optional.of(node))));
  }

  private void change(List<Entry> entries) {
    changes++;
    for (Entry entry : entries) {
      if (entry.node().isPresent()) {
        entry.dir().now.put(entry.name(), entry.node().get());
      } else {
        entry.dir().now.remove(entry.name());
      }
    }
    unsynced.add(new Change(entries));
  }

  private Dir parentOf(String path) {
    return dir(parent(path), View.NOW)
        .orElseThrow(() -> new IllegalStateException("no directory for " + path));
  }

  /** The path of what a path is in. */
  static String parent(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  SimDisk copy() {
    IdentityHashMap<Node, Node> copies = new IdentityHashMap<>();
    SimDisk copy = new SimDisk(place);
    copy.root = (Dir) copy(root, copies);
    for (Change change : unsynced) {
      copy.unsynced.add(
          new Change(
              change.entries().stream()
                  .map(
                      entry ->
                          new Entry(
                              (Dir) copy(entry.dir(), copies),
                              entry.name(),
                              entry.node().map(node -> copy(node, copies))))
                  .toList()));
    }
    unsyncedTexts.forEach(text -> copy.unsyncedTexts.add((Text) copy(text, copies)));
    return copy;
  }

  private static Node copy(Node node, IdentityHashMap<Node, Node> copies) {
    Node done = copies.get(node);
    if (done != null) {
      return done;
    }
    if (node instanceof Dir dir) {
      Dir copy = new Dir(dir.mode());
      copies.put(dir, copy);
      dir.now.forEach((name, child) -> copy.now.put(name, copy(child, copies)));
      dir.kept.forEach((name, child) -> copy.kept.put(name, copy(child, copies)));
      return copy;
    }
    if (node instanceof Text text) {
      Text copy = new Text();
      ((Node) copy).mode = text.mode();
      copies.put(text, copy);
      copy.now = text.now;
      copy.kept = text.kept;
      return copy;
    }
    return node;
  }
}
