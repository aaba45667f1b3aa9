package dev.cutover.bundle;

import dev.cutover.domain.Manifest;
import dev.cutover.error.CutoverException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads every file of a tree once, a few at a time, and tells its size and digest. */
final class Hasher {

  private static final int FEWEST_THREADS = 2;
  private static final int MOST_THREADS = 4;
  private static final int BUFFER = 64 * 1024;

  private Hasher() {}

  /** The entries of {@code tree} in its order; files that cannot be read become problems. */
  static List<Manifest.Entry> hash(Tree tree, Problems problems) {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.min(MOST_THREADS, Math.max(FEWEST_THREADS, threads)));
    try {
      List<Future<Manifest.Entry>> running = new ArrayList<>();
      for (Map.Entry<String, Tree.Leaf> file : tree.files().entrySet()) {
        running.add(pool.submit(() -> entry(file.getKey(), file.getValue())));
      }
      List<Manifest.Entry> entries = new ArrayList<>();
      int next = 0;
      for (Tree.Leaf leaf : tree.files().values()) {
        try {
          entries.add(running.get(next++).get());
        } catch (ExecutionException e) {
          problems.add(leaf.place(), leaf.source() + " cannot be read: " + e.getCause());
        }
      }
      return entries;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CutoverException("interrupted while the bundle was assembled", "", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Manifest.Entry entry(String path, Tree.Leaf leaf) throws IOException {
    Sha256 digest = new Sha256();
    long size = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream content = Files.newInputStream(leaf.source())) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        digest.add(buffer, n);
        size += n;
      }
    }
    return new Manifest.Entry(path, digest.hex(), size, leaf.mode());
  }
}
