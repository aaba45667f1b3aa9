package dev.cutover.domain.journal;

import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.journal.JournalEntry.BackedUp;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.JournalEntry.MigrationIntent;
import dev.cutover.domain.journal.JournalEntry.MigrationJudged;
import dev.cutover.domain.journal.JournalEntry.MigrationResult;
import dev.cutover.domain.journal.KnownMigration.State;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Folds the records about migrations into how each one stands. */
final class MigrationFold {

  private record Key(ReleaseId release, String migration) {}

  private final Map<Key, KnownMigration> known = new LinkedHashMap<>();
  private final Set<Key> backedUp = new HashSet<>();

  /** In the order they were last touched. */
  List<KnownMigration> done() {
    return List.copyOf(known.values());
  }

  void add(JournalEntry entry) {
    if (entry instanceof MigrationIntent intent) {
      intend(new Key(intent.id(), intent.migration()), intent);
    } else if (entry instanceof MigrationResult result) {
      conclude(new Key(result.id(), result.migration()), result);
    } else if (entry instanceof MigrationJudged judged) {
      judge(new Key(judged.id(), judged.migration()), judged);
    } else if (entry instanceof BackedUp backup) {
      backedUp.add(new Key(backup.id(), backup.migration()));
    }
  }

  private void intend(Key key, MigrationIntent intent) {
    Optional<KnownMigration> before = Optional.ofNullable(known.get(key));
    Optional<String> from =
        intent.direction() == Direction.UP
            ? intent.from()
            : before.flatMap(KnownMigration::from).or(intent::from);
    put(
        key,
        new KnownMigration(
            key.release(),
            key.migration(),
            intent.direction(),
            Optional.empty(),
            Optional.empty(),
            from,
            before.flatMap(KnownMigration::version),
            backedUp.contains(key)));
  }

  private void conclude(Key key, MigrationResult result) {
    Optional<KnownMigration> before = Optional.ofNullable(known.get(key));
    put(
        key,
        new KnownMigration(
            key.release(),
            key.migration(),
            result.direction(),
            Optional.of(result.exitStatus()),
            Optional.empty(),
            before.flatMap(KnownMigration::from),
            result.version().or(() -> before.flatMap(KnownMigration::version)),
            backedUp.contains(key)));
    if (result.direction() == Direction.RESTORE && result.exitStatus() == 0) {
      restored(key);
    }
  }

  /** What came with this release and with later ones is not in the database any more. */
  private void restored(Key from) {
    known.replaceAll(
        (key, migration) ->
            key.migration().equals(from.migration())
                    && (key.release().compareTo(from.release()) >= 0
                        || migration.state() == State.DIRTY)
                ? judged(migration, JournalEntry.Verdict.UNDONE)
                : migration);
  }

  private void judge(Key key, MigrationJudged judged) {
    KnownMigration before =
        known.getOrDefault(
            key,
            new KnownMigration(
                key.release(),
                key.migration(),
                Direction.UP,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                backedUp.contains(key)));
    put(key, judged(before, judged.verdict()));
  }

  private static KnownMigration judged(KnownMigration before, JournalEntry.Verdict verdict) {
    return new KnownMigration(
        before.release(),
        before.migration(),
        before.direction(),
        before.exitStatus(),
        Optional.of(verdict),
        before.from(),
        before.version(),
        before.backedUp());
  }

  private void put(Key key, KnownMigration migration) {
    known.remove(key);
    known.put(key, migration);
  }
}
