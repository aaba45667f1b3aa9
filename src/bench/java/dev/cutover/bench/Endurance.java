package dev.cutover.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.cutover.testkit.server.OpenSshServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A thousand releases and rollbacks on one host, from one JVM: what may grow is looked at all
 * along, and the last must take as long as the tenth.
 */
final class Endurance {

  private static final int RELEASES = Integer.getInteger("bench.releases", 1000);

  /** A rollback after every so many releases. */
  private static final int BACK = 5;

  /** A release that fails after every so many. */
  private static final int FAILS = 25;

  private static final double SLOWER = 1.2;
  private static final int FILES = 20;

  private final OpenSshServer server;
  private final Path root;
  private final Path tree;
  private final Direct direct;
  private final List<Duration> times = new ArrayList<>();

  private Endurance(OpenSshServer server, Place place) throws IOException {
    this.server = server;
    this.root = place.sub("srv").resolve("shop");
    this.tree = place.tree("tree", FILES, FILES * 1000L);
    this.direct = new Direct(server, server.port(), place);
  }

  static boolean run(Place place) throws IOException {
    try (OpenSshServer server =
        OpenSshServer.start(place.sub("sshd"), "SetEnv HOME=" + place.sub("home"))) {
      return new Endurance(server, place).measure();
    }
  }

  private boolean measure() throws IOException {
    System.out.println(Sample.HEAD);
    Sample early = Sample.of(server, root);
    Sample most = early;
    for (int i = 1; i <= RELEASES; i++) {
      turn(i);
      Sample now = Sample.of(server, root);
      most = most.max(now);
      if (i == 15) {
        early = most;
      }
      if (i % 50 == 0 || i == 15) {
        System.out.println(now.row(i, median(Math.max(0, i - 10), i)));
      }
    }
    return promised(early, most);
  }

  /** One release, and now and then one that fails, or a rollback. */
  private void turn(int i) throws IOException {
    Files.writeString(tree.resolve("version"), Integer.toString(i));
    Files.deleteIfExists(tree.resolve("sick"));
    long start = System.nanoTime();
    direct.release(root, tree, () -> {});
    times.add(Duration.ofNanos(System.nanoTime() - start));
    if (i % FAILS == 0) {
      Files.writeString(tree.resolve("sick"), "");
      direct.fail(root, tree);
    }
    if (i % BACK == 0) {
      direct.rollback(root, tree);
    }
  }

  private boolean promised(Sample early, Sample most) {
    long tenth = median(4, 15).toMillis();
    long last = median(times.size() - 11, times.size()).toMillis();
    boolean good =
        Benchmarks.promise(
            "median of the last 11 against releases 5 to 15",
            "%.2f".formatted((double) last / tenth),
            last <= tenth * SLOWER);
    good &= Benchmarks.promise("milliseconds then and now", tenth + "; " + last, true);
    good &= bounded("open files of the client", early.clientFiles(), most.clientFiles(), 8);
    good &= bounded("threads of the client", early.threads(), most.threads(), 8);
    good &= bounded("processes of the host", early.processes(), most.processes(), 3);
    good &= bounded("open files of the host", early.hostFiles(), most.hostFiles(), 20);
    good &= bounded("entries of releases/", early.releases(), most.releases(), 8);
    good &= bounded("entries of .cutover/", early.state(), most.state(), 24);
    good &=
        Benchmarks.promise(
            "journal, most bytes", Long.toString(most.journal()), most.journal() < 1 << 21);
    return good;
  }

  private static boolean bounded(String what, long early, long most, long more) {
    return Benchmarks.promise(
        what + ", first 15 and all", early + "; " + most, most <= early + more);
  }

  private Duration median(int from, int to) {
    List<Duration> some = times.subList(from, to).stream().sorted().toList();
    return some.get(some.size() / 2);
  }

  /** What stood open and lay about after a release. */
  private record Sample(
      long clientFiles,
      long threads,
      long processes,
      long hostFiles,
      long releases,
      long state,
      long journal,
      long log) {

    static final String HEAD =
        "release  median ms  client fds  threads  host processes  host fds  releases  .cutover"
            + "  journal  revisions.log";

    static Sample of(OpenSshServer server, Path root) throws IOException {
      List<ProcessHandle> host = server.processes();
      long hostFiles = 0;
      for (ProcessHandle process : host) {
        hostFiles += openFiles(process);
      }
      UnixOperatingSystemMXBean client =
          (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long state = 0;
      for (String sub : List.of("failed", "logs", "manifests", "runs", "backups", "staging")) {
        state += entries(root.resolve(".cutover").resolve(sub));
      }
      return new Sample(
          client.getOpenFileDescriptorCount(),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          host.size(),
          hostFiles,
          entries(root.resolve("releases")),
          state + entries(root.resolve(".cutover")),
          size(root.resolve(".cutover/journal")),
          size(root.resolve("revisions.log")));
    }

    /** None of a process that has ended meanwhile. */
    private static long openFiles(ProcessHandle process) throws IOException {
      try {
        return entries(Path.of("/proc/" + process.pid() + "/fd"));
      } catch (NoSuchFileException e) {
        return 0;
      }
    }

    private static long entries(Path directory) throws IOException {
      if (!Files.isDirectory(directory)) {
        return 0;
      }
      try (Stream<Path> entries = Files.list(directory)) {
        return entries.count();
      }
    }

    private static long size(Path file) throws IOException {
      return Files.exists(file) ? Files.size(file) : 0;
    }

    Sample max(Sample other) {
      return new Sample(
          Math.max(clientFiles, other.clientFiles),
          Math.max(threads, other.threads),
          Math.max(processes, other.processes),
          Math.max(hostFiles, other.hostFiles),
          Math.max(releases, other.releases),
          Math.max(state, other.state),
          Math.max(journal, other.journal),
          Math.max(log, other.log));
    }

    String row(int release, Duration median) {
      return "%7d %10d %11d %8d %15d %9d %9d %9d %8d %14d"
          .formatted(
              release,
              median.toMillis(),
              clientFiles,
              threads,
              processes,
              hostFiles,
              releases,
              state,
              journal,
              log);
    }
  }
}
