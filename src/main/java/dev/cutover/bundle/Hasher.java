package dev.cutover.bundle;

import dev.cutover.domain.Listing;
import dev.cutover.domain.Manifest;
import dev.cutover.error.CutoverException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Reads every file of a tree once, a few at a time, while others go on with what needs no digest.
 */
final class Hasher {

  private static final int FEWEST_THREADS = 2;
  private static final int MOST_THREADS = 4;
  private static final int BUFFER = 64 * 1024;
  private static final int TOLD = 20;

  private record Running(Tree.Leaf leaf, Future<Manifest.Entry> entry) {}

  private final List<Running> running;

  private Hasher(List<Running> running) {
    this.running = running;
  }

  /** Begins to read the files of {@code tree} that {@code files} lists, in its order. */
  static Hasher start(Tree tree, Listing files) {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.min(MOST_THREADS, Math.max(FEWEST_THREADS, threads)), Hasher::thread);
    List<Running> running = new ArrayList<>();
    for (Listing.Item file : files.items()) {
      Tree.Leaf leaf = tree.leaf(file.path());
      running.add(new Running(leaf, pool.submit(() -> entry(file, leaf))));
    }
    pool.shutdown();
    return new Hasher(running);
  }

  /**
   * Waits for all digests.
   *
   * @throws CutoverException naming files that could not be read
   */
  List<Manifest.Entry> entries() {
    List<String> failures = new ArrayList<>();
    List<Manifest.Entry> entries = new ArrayList<>();
    for (Running file : running) {
      try {
        entries.add(file.entry().get());
      } catch (ExecutionException e) {
        failures.add(file.leaf().source() + ": " + e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CutoverException("interrupted while the bundle was read", "", e);
      }
    }
    if (!failures.isEmpty()) {
      throw new CutoverException(
          failures.stream()
              .limit(TOLD)
              .collect(Collectors.joining("\n  ", "these files could not be read:\n  ", "")),
          "");
    }
    return entries;
  }

  private static Manifest.Entry entry(Listing.Item file, Tree.Leaf leaf) throws IOException {
    Sha256 digest = new Sha256();
    long size = 0;
    byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER, file.size()))];
    try (InputStream content = Files.newInputStream(leaf.source())) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        digest.add(buffer, n);
        size += n;
      }
    }
    if (size != file.size()) {
      throw new IOException("it had %d bytes and has %d now".formatted(file.size(), size));
    }
    return new Manifest.Entry(file.path(), digest.hex(), size, file.mode());
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "cutover-digests");
    thread.setDaemon(true);
    return thread;
  }
}
