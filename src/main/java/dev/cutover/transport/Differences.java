package dev.cutover.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a release differs from its manifest, each a path and, where that is not all, what about it.
 *
 * @param changed files with other bytes, and what has another mode
 */
public record Differences(List<String> changed, List<String> missing, List<String> added) {

  /** So many of a kind are named. */
  private static final int NAMED = 5;

  public Differences {
    changed = List.copyOf(changed);
    missing = List.copyOf(missing);
    added = List.copyOf(added);
  }

  /** What the reply to {@link HostQuery.Drift} tells. */
  public static Differences of(OpResult drift) {
    return new Differences(lines(drift, "changed"), lines(drift, "missing"), lines(drift, "added"));
  }

  private static List<String> lines(OpResult result, String key) {
    return result.value(key).lines().filter(line -> !line.isEmpty()).toList();
  }

  public int count() {
    return changed.size() + missing.size() + added.size();
  }

  /** Whether what was sealed is there no more as it was; what came to it damages nothing. */
  public boolean damaged() {
    return !changed.isEmpty() || !missing.isEmpty();
  }

  /** In a few words, e.g. {@code missing: lib/a.jar, lib/b.jar; added: x}; some of each kind. */
  public String words() {
    List<String> words = new ArrayList<>();
    named("changed: ", changed, words);
    named("missing: ", missing, words);
    named("added: ", added, words);
    return String.join("; ", words);
  }

  private static void named(String kind, List<String> paths, List<String> words) {
    if (!paths.isEmpty()) {
      int more = paths.size() - NAMED;
      words.add(
          paths.stream()
              .limit(NAMED)
              .map(Differences::harmless)
              .collect(
                  Collectors.joining(", ", kind, more > 0 ? " and %,d more".formatted(more) : "")));
    }
  }

  /** Names come from the host, and what is said goes to terminals. */
  private static String harmless(String path) {
    return path.codePoints()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
