package dev.cutover.proof.openssh;

import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.testkit.app.ExampleApp;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What must be true of a root: at every instant, and once everything is settled. */
public final class HostPromises {

  private static final Set<ReleaseState> SERVABLE =
      Set.of(ReleaseState.GOOD, ReleaseState.WITHDRAWN, ReleaseState.ADOPTED);

  private final HostTree tree;
  private final List<String> broken = new ArrayList<>();

  private HostPromises(HostTree tree) {
    this.tree = tree;
  }

  /**
   * What is broken although a run may be under way, or half done.
   *
   * @param mayBeAbsent whether nothing was live at some time
   */
  public static List<String> always(HostTree tree, boolean mayBeAbsent) {
    // Something may be moved away while it is looked at: then what is there now counts.
    for (int tries = 0; ; tries++) {
      HostPromises promises = new HostPromises(tree);
      try {
        promises.current(mayBeAbsent);
        promises.releases();
      } catch (UncheckedIOException moved) {
        promises.broken.add(String.valueOf(moved));
      }
      if (promises.broken.isEmpty() || tries == 3) {
        promises.broken.addAll(JournalRules.violations(tree.journalText()));
        return promises.broken;
      }
    }
  }

  private void current(boolean mayBeAbsent) {
    var current = tree.current();
    if (current.isEmpty()) {
      if (!mayBeAbsent) {
        broken.add("current is absent");
      }
      return;
    }
    Path live = current.get();
    if (!live.startsWith(tree.root().resolve("releases")) || !Files.isDirectory(live)) {
      broken.add("current leads to " + live);
    } else {
      broken.addAll(tree.faults(live));
    }
  }

  private void releases() {
    for (String id : tree.names(tree.root().resolve("releases"))) {
      broken.addAll(tree.faults(tree.root().resolve("releases").resolve(id)));
    }
  }

  /** What is broken after a run that came to its end. */
  public static List<String> settled(HostTree tree) {
    HostPromises promises = new HostPromises(tree);
    promises.states();
    promises.leftovers();
    promises.commands();
    return promises.broken;
  }

  private void states() {
    HostHistory history = tree.history();
    history.runs().stream()
        .filter(run -> run.end().isEmpty())
        .forEach(run -> broken.add("a run has no end: " + run));
    for (String id : tree.names(tree.root().resolve("releases"))) {
      if (history.state(new ReleaseId(id)).filter(SERVABLE::contains).isEmpty()) {
        broken.add("releases/" + id + " is " + history.state(new ReleaseId(id)));
      }
    }
    tree.liveId()
        .map(id -> history.state(new ReleaseId(id)).orElse(ReleaseState.STAGED))
        .filter(state -> state != ReleaseState.GOOD)
        .ifPresent(state -> broken.add("what is live is " + state));
  }

  private void leftovers() {
    if (Files.exists(tree.state().resolve("lock"), LinkOption.NOFOLLOW_LINKS)) {
      broken.add("the lock stands: " + tree.state().resolve("lock"));
    }
    HostHistory history = tree.history();
    for (String name : tree.names(tree.state().resolve("staging"))) {
      boolean waits =
          ReleaseId.isSafe(name)
              && history.state(new ReleaseId(name)).filter(ReleaseState.SEALED::equals).isPresent();
      if (!waits) {
        broken.add("left in staging: " + name);
      }
    }
    for (String name : tree.names(tree.state().resolve("runs"))) {
      broken.add("left in runs: " + name);
    }
    for (String name : tree.names(tree.state())) {
      if (name.startsWith("trash-") || name.startsWith("current.")) {
        broken.add("left: " + name);
      }
    }
    if (tree.names(tree.state().resolve("failed")).size() > 2) {
      broken.add("more than two in failed/");
    }
  }

  /** What the user's commands have left word of; see {@link ExampleApp}. */
  private void commands() {
    List<String> restarts = tree.lines("restarts");
    String last = restarts.isEmpty() ? "nothing" : restarts.get(restarts.size() - 1);
    tree.liveId()
        .filter(live -> !live.equals(last))
        .ifPresent(live -> broken.add(live + " is live, but restarted was " + last));
    counts("db.log")
        .forEach(
            (id, counts) -> {
              int up = counts.getOrDefault("up", 0);
              int down = counts.getOrDefault("down", 0);
              boolean applied = Files.exists(tree.root().resolve("db." + id));
              boolean good = good(id);
              if (up > 1
                  || good != applied
                  || (good && down > 0)
                  || (!good && up > 0 && down == 0)) {
                broken.add(
                    "the migration of %s (good: %s): up %d, down %d, applied: %s"
                        .formatted(id, good, up, down, applied));
              }
            });
    counts("hooks.log")
        .forEach(
            (id, counts) -> {
              for (String point : List.of("before-switch", "after-switch")) {
                boolean ran = counts.containsKey(point);
                boolean undone = counts.containsKey("undo-" + point);
                if (good(id) ? undone || !ran : ran && !undone) {
                  broken.add("the hooks of " + id + " (good: " + good(id) + "): " + counts);
                }
              }
            });
  }

  private boolean good(String id) {
    return tree.history().state(new ReleaseId(id)).filter(SERVABLE::contains).isPresent();
  }

  /** How often each word stands before each id in a log. */
  private Map<String, Map<String, Integer>> counts(String log) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (String line : tree.lines(log)) {
      String[] words = line.split(" ", 2);
      counts.computeIfAbsent(words[1], id -> new TreeMap<>()).merge(words[0], 1, Integer::sum);
    }
    return counts;
  }
}
