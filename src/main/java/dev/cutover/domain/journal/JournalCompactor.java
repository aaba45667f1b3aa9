package dev.cutover.domain.journal;

import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.journal.Journal.Line;
import dev.cutover.domain.journal.JournalEntry.BackedUp;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.Described;
import dev.cutover.domain.journal.JournalEntry.MigrationIntent;
import dev.cutover.domain.journal.JournalEntry.MigrationJudged;
import dev.cutover.domain.journal.JournalEntry.MigrationResult;
import dev.cutover.domain.journal.JournalEntry.RunEnded;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Makes a journal shorter without changing what it folds into. Kept, in their order: everything of
 * runs without an end, of the {@value #RUNS} newest runs, and of those that decided for a release
 * that is still there, which tell what was live before it; of the {@value #DECISIONS} newest over
 * several hosts how they were decided, for one that was away; of older ones the last state and
 * description of each such release, and its last migration records.
 */
public final class JournalCompactor {

  /** How many runs keep all their records, for the history. */
  static final int RUNS = 500;

  /** How many runs over several hosts keep their beginning, their decision and their end. */
  static final int DECISIONS = 1000;

  private final List<Line> lines;
  private final Set<String> decisions = new HashSet<>();
  private final Set<String> whole = new HashSet<>();
  private final Map<Object, Integer> last = new HashMap<>();

  /** Releases that are not there any more, or not where anybody could choose them. */
  private final Set<ReleaseId> gone = new HashSet<>();

  private final Set<ReleaseId> migrated = new HashSet<>();

  private JournalCompactor(Journal journal) {
    this.lines = journal.lines();
    keepRuns();
    for (int i = 0; i < lines.size(); i++) {
      noteLast(i);
    }
    lines.stream()
        .map(Line::entry)
        .filter(Committed.class::isInstance)
        .map(Committed.class::cast)
        .filter(commit -> commit.id().filter(id -> !gone.contains(id)).isPresent())
        .forEach(commit -> whole.add(commit.runId()));
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
    List<String> started =
        lines.stream()
            .map(Line::entry)
            .filter(RunStarted.class::isInstance)
            .flatMap(entry -> entry.run().stream())
            .distinct()
            .toList();
    Set<String> open = new HashSet<>(started);
    // Another run may have ended it, under its own number.
    lines.stream()
        .map(Line::entry)
        .filter(RunEnded.class::isInstance)
        .forEach(entry -> entry.run().ifPresent(open::remove));
    whole.addAll(open);
    whole.addAll(started.subList(Math.max(0, started.size() - RUNS), started.size()));
    List<String> shared =
        lines.stream()
            .map(Line::entry)
            .filter(RunStarted.class::isInstance)
            .map(RunStarted.class::cast)
            .filter(run -> run.members().size() > 1)
            .map(RunStarted::runId)
            .distinct()
            .toList();
    decisions.addAll(shared.subList(Math.max(0, shared.size() - DECISIONS), shared.size()));
  }

  private void noteLast(int index) {
    Line line = lines.get(index);
    if (line.entry() instanceof StateChanged changed) {
      last.put(List.of("state", changed.id()), index);
      switch (changed.state()) {
        case PRUNED, FAILED, REVERTED -> gone.add(changed.id());
        default -> gone.remove(changed.id());
      }
    } else if (line.entry() instanceof Described described) {
      last.put(List.of("described", described.id()), index);
    } else {
      migrationKey(line.entry()).ifPresent(key -> noteMigration(key, index));
    }
  }

  private void noteMigration(List<Object> key, int index) {
    last.put(key, index);
    key.stream()
        .filter(ReleaseId.class::isInstance)
        .map(ReleaseId.class::cast)
        .forEach(migrated::add);
  }

  /** Of each kind and direction the last record of a migration of a release is all that counts. */
  private static Optional<List<Object>> migrationKey(JournalEntry entry) {
    if (entry instanceof MigrationIntent intent) {
      return Optional.of(List.of("intent", intent.direction(), intent.id(), intent.migration()));
    }
    if (entry instanceof MigrationResult result) {
      return Optional.of(List.of("result", result.direction(), result.id(), result.migration()));
    }
    if (entry instanceof MigrationJudged judged) {
      return Optional.of(List.of("judged", judged.id(), judged.migration()));
    }
    if (entry instanceof BackedUp backup) {
      return Optional.of(List.of("backed-up", backup.id(), backup.migration()));
    }
    return Optional.empty();
  }

  private boolean kept(int index) {
    Line line = lines.get(index);
    if (line.entry().run().filter(whole::contains).isPresent()) {
      return true;
    }
    boolean decides =
        line.entry() instanceof RunStarted
            || line.entry() instanceof Committed
            || line.entry() instanceof RunEnded;
    if (decides && line.entry().run().filter(decisions::contains).isPresent()) {
      return true;
    }
    if (line.entry() instanceof StateChanged changed) {
      // What became of a release tells whether its migrations are to be taken back.
      return (!gone.contains(changed.id()) || migrated.contains(changed.id()))
          && isLast(index, "state", changed.id());
    }
    if (line.entry() instanceof Described described) {
      return !gone.contains(described.id()) && isLast(index, "described", described.id());
    }
    Optional<List<Object>> key = migrationKey(line.entry());
    if (key.isPresent()) {
      return last.getOrDefault(key.get(), -1) == index;
    }
    return false;
  }

  private boolean isLast(int index, Object... key) {
    return last.getOrDefault(List.of(key), -1) == index;
  }
}
