package dev.cutover.proof.openssh;

import dev.cutover.testkit.app.VersionFiles;
import dev.cutover.testkit.time.Pause;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Looks at {@code current} all the time, as whoever serves it does. */
final class Watcher implements AutoCloseable {

  private static final int PAUSE_MILLIS = 5;

  private final HostTree tree;
  private final boolean mayBeAbsent;
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean ended;

  Watcher(HostTree tree, boolean mayBeAbsent) {
    this.tree = tree;
    this.mayBeAbsent = mayBeAbsent;
    thread = new Thread(this::watch, "Watcher");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    while (!ended) {
      Optional<Path> live = tree.current();
      if (live.isEmpty() && !mayBeAbsent) {
        violations.add("current was absent");
      }
      live.filter(release -> !whole(release))
          .ifPresent(release -> violations.add(release + " was live, but not whole"));
      Pause.millis(PAUSE_MILLIS);
    }
  }

  private static boolean whole(Path release) {
    try {
      String version = HostTree.text(release.resolve(VersionFiles.APP)).strip();
      return !version.isEmpty()
          && Files.exists(release.resolve(VersionFiles.part(3)))
          && HostTree.text(release.resolve("VERSION")).strip().equals(version);
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  List<String> violations() {
    return List.copyOf(violations.subList(0, Math.min(3, violations.size())));
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
