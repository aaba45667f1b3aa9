package dev.cutover.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contestants that take turns, so that the noise of the machine meets all of them alike. */
final class Race {

  /** One timed run. */
  @FunctionalInterface
  interface Contestant {
    Duration run(int round) throws Exception;
  }

  private final Map<String, Contestant> contestants = new LinkedHashMap<>();
  private final Map<String, List<Duration>> times = new LinkedHashMap<>();

  Race with(String name, Contestant contestant) {
    contestants.put(name, contestant);
    return this;
  }

  /** Runs all in turn; the first round only warms disks and caches up. */
  Race run(int rounds) throws Exception {
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<String, Contestant> entry : contestants.entrySet()) {
        Duration time = entry.getValue().run(round);
        if (round > 0) {
          times.computeIfAbsent(entry.getKey(), name -> new ArrayList<>()).add(time);
        }
      }
    }
    times.forEach(
        (name, all) ->
            System.out.printf(
                "%-40s median %5d ms   best %5d   worst %5d   of %d%n",
                name,
                median(name),
                sorted(name).get(0),
                sorted(name).get(all.size() - 1),
                all.size()));
    return this;
  }

  /** In milliseconds. */
  long median(String name) {
    List<Long> sorted = sorted(name);
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private List<Long> sorted(String name) {
    return times.getOrDefault(name, List.of()).stream().map(Duration::toMillis).sorted().toList();
  }
}
