package dev.cutover.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How much of a grid is run: all of it with {@code -Dproof=full}, else a sample, another each time;
 * {@code -Dproof.seed} replays one, {@code -Dproof.sample=150} takes so many.
 */
public final class Proof {

  private final String name;
  private final long seed;

  private Proof(String name, long seed) {
    this.name = name;
    this.seed = seed;
  }

  public static Proof named(String name) {
    return new Proof(name, Long.getLong("proof.seed", System.nanoTime() & 0xffffff));
  }

  public static boolean full() {
    return "full".equals(System.getProperty("proof"));
  }

  /** The whole grid, or {@code sample} of it, in its order. */
  public <T> List<T> share(List<T> grid, int sample) {
    int size = Integer.getInteger("proof.sample", sample);
    if (full() || grid.size() <= size) {
      return grid;
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < grid.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(seed));
    return order.subList(0, size).stream().sorted().map(grid::get).toList();
  }

  /** Prints a figure, with the seed that replays it. */
  public void figures(String text) {
    System.out.println("proof " + name + ": " + text + " (seed " + seed + ")");
  }

  public String seed() {
    return "-Dproof.seed=" + seed + (full() ? " -Dproof=full" : "");
  }
}
