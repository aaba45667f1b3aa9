package dev.cutover.testkit.sim;

import dev.cutover.domain.Layout;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.Journal;
import dev.cutover.testkit.sim.SimDisk.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One host: its disk, and what runs on it. */
public final class Machine {

  static final String STATE = ".cutover";
  static final String STAGING = STATE + "/staging";
  static final String MANIFESTS = STATE + "/manifests";
  static final String QUARANTINE = STATE + "/failed";
  static final String BACKUPS = STATE + "/backups";
  static final String RUNS = STATE + "/runs";
  static final String JOURNAL = STATE + "/journal";
  static final String LOCK = STATE + "/lock";
  static final String BOOT = STATE + "/boot";

  private final int index;
  private final Target target;
  private final Layout layout;
  private final String releases;
  private SimDisk disk;

  /** The user that scripts run as. */
  String user = "deployer";

  final List<Job> jobs = new ArrayList<>();
  final List<Holder> holders = new ArrayList<>();
  Optional<SimWatchdog> watchdog = Optional.empty();

  /** The file {@code alive}, if it is there. */
  Optional<Alive> alive = Optional.empty();

  /** How many files {@code alive} there were, and when the last one went. */
  private int alives;

  private Instant aliveGone = Instant.EPOCH;

  private final Set<String> working = new HashSet<>();
  private boolean full;
  private int boots;
  private String boot = "start 0\n";
  private Instant awayUntil = Instant.EPOCH;

  /** How many uploads were begun. */
  int uploads;

  /**
   * A file that is locked by whoever holds the lock.
   *
   * @param number tells it from another one of the same name
   */
  record Alive(int number, Instant beat) {}

  /**
   * Somebody who keeps a file {@code alive} locked.
   *
   * @param file its number
   */
  record Holder(Caller caller, Object connection, int file) {}

  /** What stands at {@code current}. */
  enum Kind {
    ABSENT,
    LIVE,
    DANGLING,
    OTHER
  }

  /**
   * What {@code read_current} finds.
   *
   * @param to where the link leads, absolute
   */
  record Current(Kind kind, Optional<RemotePath> to) {}

  Machine(int index, Target target, Layout layout) {
    this.index = index;
    this.target = target;
    this.layout = layout;
    this.releases = layout.releases().value() + "/";
    this.disk = new SimDisk(layout.root().value());
  }

  /** Which of the machines it is, from 0. */
  public int index() {
    return index;
  }

  public Target target() {
    return target;
  }

  public Layout layout() {
    return layout;
  }

  public SimDisk disk() {
    return disk;
  }

  void disk(SimDisk other) {
    disk = other;
  }

  /** The commands that run. */
  public List<Job> jobs() {
    return List.copyOf(jobs);
  }

  /** The directories below the root in which processes work that no run has started. */
  public Set<String> working() {
    return working;
  }

  /** Whether its disk is full. */
  public boolean isFull() {
    return full;
  }

  /** Fills its disk, or makes room. */
  public void full(boolean now) {
    full = now;
  }

  /** Until when it cannot be reached. */
  public Instant awayUntil() {
    return awayUntil;
  }

  /** It cannot be reached for a time. */
  void away(Instant until) {
    awayUntil = until;
  }

  /** Whether somebody who is not gone holds {@code alive}. */
  public boolean isHeld() {
    return holding().stream().anyMatch(holder -> !holder.caller().dead());
  }

  /** Who holds {@code alive}, as the host sees it. */
  List<Holder> holding() {
    return alive
        .map(Alive::number)
        .map(file -> holders.stream().filter(holder -> holder.file() == file).toList())
        .orElse(List.of());
  }

  /** Whether a holder still stands: that its file is gone it notices only when it beats. */
  boolean stands(Holder holder, Instant lastBeat) {
    boolean there = alive.filter(file -> file.number() == holder.file()).isPresent();
    return holders.contains(holder) && (there || aliveGone.isAfter(lastBeat));
  }

  /** Makes sure that {@code alive} is there, and beats it. */
  int beat(Instant now) {
    int number = alive.map(Alive::number).orElseGet(() -> alives++);
    alive = Optional.of(new Alive(number, now));
    return number;
  }

  /** Whoever holds {@code alive} holds a file that is gone. */
  void removeAlive(Instant now) {
    alive = Optional.empty();
    aliveGone = now;
  }

  /** The release {@code current} leads to, as far as its name goes; empty when there is none. */
  public Optional<String> current(View view) {
    return disk.link("current", view)
        .filter(to -> to.startsWith(releases))
        .map(to -> to.substring(releases.length()));
  }

  /** The release {@code current} leads to and that is there; empty when nothing is live. */
  public Optional<String> live() {
    return current(View.NOW).filter(id -> disk.isDir("releases/" + id));
  }

  /**
   * As the scripts read {@code current}: a release is known as one by whatever way it is reached.
   */
  Current readCurrent() {
    Optional<String> link = disk.link("current", View.NOW);
    if (link.isEmpty()) {
      return new Current(disk.exists("current") ? Kind.OTHER : Kind.ABSENT, Optional.empty());
    }
    Optional<String> plain = live();
    if (plain.isPresent() && !plain.get().contains("/")) {
      return new Current(Kind.LIVE, link.map(RemotePath::new));
    }
    Optional<String> real = disk.real("current").filter(disk::isDir);
    RemotePath to =
        real.filter(path -> SimDisk.parent(path).equals("releases"))
            .map(layout.root()::child)
            .orElseGet(
                () -> new RemotePath(new Links(disk, layout.root().value()).absolute(link.get())));
    return new Current(real.isPresent() ? Kind.LIVE : Kind.DANGLING, Optional.of(to));
  }

  /** A path on this machine, from the root; empty when it does not lie below that. */
  Optional<String> relative(RemotePath path) {
    String root = layout.root().value();
    if (path.value().equals(root)) {
      return Optional.of("");
    }
    return Optional.of(path.value())
        .filter(value -> value.startsWith(root + "/"))
        .map(value -> value.substring(root.length() + 1));
  }

  /** Whether the token opens the lock, in this start of the machine. */
  boolean opens(String token) {
    return lock().equals(Optional.of(token))
        && disk.text(BOOT, View.NOW).filter(text -> text.toString().startsWith(boot)).isPresent();
  }

  /** The text of the lock. */
  public Optional<String> lock() {
    return disk.link(LOCK, View.NOW);
  }

  /** The journal as a file. */
  Records records(View view) {
    return disk.text(JOURNAL, view).map(Records::in).orElse(Records.NONE);
  }

  /** The records, one that repeats the one before counted once. */
  public List<Journal.Line> journal(View view) {
    return records(view).lines();
  }

  /** Every file and link below a directory, by its path there: what it holds, or where it leads. */
  public Map<String, String> tree(String path, View view) {
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

  /**
   * What a file holds or where a link leads, as {@link #tree} tells it; empty when it is missing.
   */
  public String words(String path, View view) {
    return disk.at(path, view).map(node -> words(node, view)).orElse("");
  }

  /** Whether a directory holds all of this, in the form of {@link #tree}. */
  public boolean holds(String directory, Map<String, String> parts, View view) {
    Optional<SimDisk.Dir> dir = disk.dir(directory, view);
    if (dir.isEmpty()) {
      return false;
    }
    for (Map.Entry<String, String> part : parts.entrySet()) {
      Optional<SimDisk.Node> node = SimDisk.at(dir.get(), part.getKey(), view);
      if (node.isEmpty() || !words(node.get(), view).equals(part.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static String words(SimDisk.Node node, View view) {
    return node instanceof SimDisk.Link link
        ? "-> " + link.to()
        : ((SimDisk.Text) node).in(view).toString();
  }

  /** Whether a process works in a directory or below it. */
  boolean works(String directory) {
    return working.stream().anyMatch(place -> isIn(place, directory))
        || jobs.stream().anyMatch(job -> isIn(job.cwd(), directory));
  }

  private static boolean isIn(String place, String directory) {
    return place.equals(directory) || place.startsWith(directory + "/");
  }

  /** How often it was started before. */
  int boots() {
    return boots;
  }

  /** What tells this start from every other. */
  String boot() {
    return boot;
  }

  /** Everything that runs ends; what the disk holds stays. */
  void reboot(Instant back) {
    jobs.clear();
    working.clear();
    watchdog = Optional.empty();
    holders.clear();
    boots++;
    boot = "start " + boots + "\n";
    awayUntil = back;
  }

  Machine copy() {
    Machine copy = new Machine(index, target, layout);
    copy.disk = disk.copy();
    copy.user = user;
    copy.jobs.addAll(jobs);
    copy.holders.addAll(holders);
    copy.watchdog = watchdog;
    copy.alive = alive;
    copy.alives = alives;
    copy.aliveGone = aliveGone;
    copy.working.addAll(working);
    copy.full = full;
    copy.boots = boots;
    copy.boot = boot;
    copy.awayUntil = awayUntil;
    copy.uploads = uploads;
    return copy;
  }
}
