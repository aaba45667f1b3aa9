package dev.cutover.proof.memory;

import dev.cutover.testkit.sim.Job;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The database that all hosts share: which releases' changes it has. */
final class Database {

  private final Map<String, Set<String>> applied = new HashMap<>();
  private final Map<String, Integer> starts = new HashMap<>();

  /** How often a command was started for a release, with this start. */
  int started(Job job) {
    return starts.merge(job.text() + " " + job.release(), 1, Integer::sum);
  }

  boolean has(String migration, String release) {
    return applied.getOrDefault(migration, Set.of()).contains(release);
  }

  /** A command has come to its end; its exit status. */
  int ended(Job job) {
    String[] words = job.text().split(" ", -1);
    Set<String> releases = applied.computeIfAbsent(words[1], id -> new HashSet<>());
    switch (words[2]) {
      case "up" -> releases.add(job.release());
      case "down" -> releases.remove(job.release());
      default -> {
        return releases.contains(job.release()) ? 0 : 1;
      }
    }
    return 0;
  }

  Database copy() {
    Database copy = new Database();
    applied.forEach((id, releases) -> copy.applied.put(id, new HashSet<>(releases)));
    copy.starts.putAll(starts);
    return copy;
  }
}
