package dev.cutover.proof.memory;

import dev.cutover.domain.Layout;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.Journal;
import dev.cutover.proof.memory.SimDisk.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** One host: its disk, what runs on it, and what is known to be true of it whatever it records. */
final class Machine {

  static final Layout LAYOUT = new Layout(new RemotePath("/srv/shop"));
  static final String STATE = ".cutover";
  static final String JOURNAL = STATE + "/journal";
  static final String LOCK = STATE + "/lock";
  static final String BOOT = STATE + "/boot";
  private static final String RELEASES = LAYOUT.releases().value() + "/";

  final int index;
  final Target target;
  SimDisk disk = new SimDisk();
  final List<Job> jobs = new ArrayList<>();
  final List<Holder> holders = new ArrayList<>();

  Optional<SimWatchdog> watchdog = Optional.empty();

  /** The release the app runs; empty when it does not run. */
  String app = "";

  boolean full;

  /** The state of the disk in which the promises were last seen to hold. */
  int checked = -1;

  /** How often it was started. */
  int boots;

  Instant awayUntil = Instant.EPOCH;
  Instant beat = Instant.EPOCH;

  /** Whether something has been live here for good: then something always is. */
  boolean serves;

  /** The last token given, known although nothing on the disk may tell. */
  String lastToken = "";

  /** What a release must hold to be whole, by id: file or link by path. */
  final Map<String, Map<String, String>> whole = new HashMap<>();

  /** Where the committed release of each id came from. */
  final Map<String, String> from = new LinkedHashMap<>();

  /** Somebody who keeps {@code alive} locked. */
  record Holder(SimClient client, Object connection) {}

  Machine(int index) {
    this.index = index;
    String host = "web" + (index + 1);
    this.target =
        new Target.Ssh(
            host,
            Optional.of("deployer"),
            OptionalInt.empty(),
            new Target.Root.Absolute(LAYOUT.root()),
            "sftp://" + host + LAYOUT.root().value());
  }

  /** The release {@code current} leads to, as far as its name goes; empty when there is none. */
  Optional<String> current(View view) {
    return disk.link("current", view)
        .filter(to -> to.startsWith(RELEASES))
        .map(to -> to.substring(RELEASES.length()));
  }

  /** The release {@code current} leads to and that is there; empty when nothing is live. */
  Optional<String> live() {
    return current(View.NOW).filter(id -> disk.isDir("releases/" + id));
  }

  /** Whether the token opens the lock, in this start of the machine. */
  boolean opens(String token) {
    return lock().equals(Optional.of(token))
        && disk.text(BOOT, View.NOW).equals(Optional.of(boots));
  }

  Optional<String> lock() {
    return disk.link(LOCK, View.NOW);
  }

  /** The journal's lines as they stand there. */
  List<?> records(View view) {
    return disk.text(JOURNAL, view)
        .filter(List.class::isInstance)
        .<List<?>>map(List.class::cast)
        .orElse(List.of());
  }

  /** The records, one that repeats the one before counted once. */
  List<Journal.Line> journal(View view) {
    List<Journal.Line> lines = new ArrayList<>();
    for (Object each : records(view)) {
      Journal.Line line = (Journal.Line) each;
      Journal.Line last = lines.isEmpty() ? line : lines.get(lines.size() - 1);
      if (lines.isEmpty() || last.seq() != line.seq() || !last.entry().equals(line.entry())) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** What the release holds, in the form of {@link #whole}. */
  Map<String, String> tree(String path, View view) {
    Map<String, String> tree = new TreeMap<>();
    disk.dir(path, view).ifPresent(dir -> tree("", dir, view, tree));
    return tree;
  }

  private static void tree(String prefix, SimDisk.Dir dir, View view, Map<String, String> tree) {
    dir.in(view)
        .forEach(
            (name, node) -> {
              if (node instanceof SimDisk.Dir below) {
                tree(prefix + name + "/", below, view, tree);
              } else {
                tree.put(prefix + name, words(node, view));
              }
            });
  }

  /** Whether a release is as complete as it was when it was sealed. */
  boolean whole(String id, View view) {
    Map<String, String> parts = whole.get(id);
    return parts != null
        && parts.entrySet().stream()
            .allMatch(
                part ->
                    words("releases/" + id + "/" + part.getKey(), view).equals(part.getValue()));
  }

  private String words(String path, View view) {
    return disk.at(path, view).map(node -> words(node, view)).orElse("");
  }

  private static String words(SimDisk.Node node, View view) {
    return node instanceof SimDisk.Link link
        ? "-> " + link.to()
        : ((SimDisk.Text) node).in(view).toString();
  }

  /** What kind of release this is, in the words of its content. */
  String content(String id) {
    return whole.getOrDefault(id, Map.of()).getOrDefault("shop.jar", "");
  }

  /** Everything that runs ends; what the disk holds stays. The app comes back with the machine. */
  void reboot(Instant back) {
    jobs.clear();
    watchdog = Optional.empty();
    holders.clear();
    boots++;
    awayUntil = back;
    app = live().orElse("");
  }

  Machine copy() {
    Machine copy = new Machine(index);
    copy.disk = disk.copy();
    copy.jobs.addAll(jobs);
    copy.holders.addAll(holders);
    copy.watchdog = watchdog;
    copy.app = app;
    copy.full = full;
    copy.boots = boots;
    copy.awayUntil = awayUntil;
    copy.beat = beat;
    copy.serves = serves;
    copy.lastToken = lastToken;
    copy.whole.putAll(whole);
    copy.from.putAll(from);
    return copy;
  }
}
