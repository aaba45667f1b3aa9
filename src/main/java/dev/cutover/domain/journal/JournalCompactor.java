package dev.cutover.domain.journal;

import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.Journal.Line;
import dev.cutover.domain.journal.JournalEntry.Described;
import dev.cutover.domain.journal.JournalEntry.MigrationIntent;
import dev.cutover.domain.journal.JournalEntry.MigrationResult;
import dev.cutover.domain.journal.JournalEntry.RunEnded;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.JournalEntry.Switched;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Makes a journal shorter without changing what it folds into. Kept, in their order: everything of
 * runs without an end and of the {@value #RUNS} newest runs; of older ones each release's last
 * state and description, unless it is pruned, its last migration records, and every switch.
 */
public final class JournalCompactor {

  /** How many runs keep all their records, for the history. */
  static final int RUNS = 500;

  private final List<Line> lines;
  private final Set<Long> whole = new HashSet<>();
  private final Map<Object, Integer> last = new HashMap<>();
  private final Set<ReleaseId> pruned = new HashSet<>();

  private JournalCompactor(Journal journal) {
    this.lines = journal.lines();
    keepRuns();
    for (int i = 0; i < lines.size(); i++) {
      noteLast(i);
    }
  }

  /** A journal that folds into the same releases, chain of switches and newest history. */
  public static Journal compact(Journal journal) {
    JournalCompactor compactor = new JournalCompactor(journal);
    return new Journal(
        IntStream.range(0, journal.lines().size())
            .filter(compactor::kept)
            .mapToObj(journal.lines()::get)
            .toList());
  }

  private void keepRuns() {
    List<Long> started =
        lines.stream()
            .filter(line -> line.entry() instanceof RunStarted)
            .map(Line::seq)
            .distinct()
            .toList();
    whole.addAll(started.subList(Math.max(0, started.size() - RUNS), started.size()));
    Set<Long> open = new HashSet<>(started);
    for (Line line : lines) {
      if (line.entry() instanceof RunEnded) {
        open.remove(line.seq());
      }
    }
    whole.addAll(open);
  }

  private void noteLast(int index) {
    Line line = lines.get(index);
    if (line.entry() instanceof StateChanged changed) {
      last.put(List.of("state", changed.id()), index);
      if (changed.state() == ReleaseState.PRUNED) {
        pruned.add(changed.id());
      } else {
        pruned.remove(changed.id());
      }
    } else if (line.entry() instanceof Described described) {
      last.put(List.of("described", described.id()), index);
    } else if (line.entry() instanceof MigrationIntent intent) {
      last.put(List.of("intent", intent.id(), intent.migration()), index);
    } else if (line.entry() instanceof MigrationResult result) {
      last.put(List.of("result", result.id(), result.migration()), index);
    }
  }

  private boolean kept(int index) {
    Line line = lines.get(index);
    if (whole.contains(line.seq()) || line.entry() instanceof Switched) {
      return true;
    }
    if (line.entry() instanceof StateChanged changed) {
      return !pruned.contains(changed.id()) && isLast(index, "state", changed.id());
    }
    if (line.entry() instanceof Described described) {
      return !pruned.contains(described.id()) && isLast(index, "described", described.id());
    }
    if (line.entry() instanceof MigrationIntent intent) {
      return isLast(index, "intent", intent.id(), intent.migration());
    }
    if (line.entry() instanceof MigrationResult result) {
      return isLast(index, "result", result.id(), result.migration());
    }
    return false;
  }

  private boolean isLast(int index, Object... key) {
    return last.getOrDefault(List.of(key), -1) == index;
  }
}
