package dev.cutover.domain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.journal.JournalEntry.BackedUp;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.JournalEntry.MigrationIntent;
import dev.cutover.domain.journal.JournalEntry.MigrationJudged;
import dev.cutover.domain.journal.JournalEntry.MigrationResult;
import dev.cutover.domain.journal.JournalEntry.RunEnded;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.domain.journal.JournalEntry.Verdict;
import dev.cutover.domain.journal.KnownMigration.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the records about a migration amount to. */
class KnownMigrationTest {

  private static final String RUN = "a1";
  private static final ReleaseId ONE = new ReleaseId("20260101000001");
  private static final ReleaseId TWO = new ReleaseId("20260101000002");

  private static JournalEntry intent(ReleaseId id, Direction direction) {
    return new MigrationIntent(RUN, id, "db", direction, Optional.of("V1"));
  }

  private static JournalEntry result(ReleaseId id, Direction direction, int status) {
    return new MigrationResult(RUN, id, "db", direction, status, Optional.empty());
  }

  private static JournalEntry judged(ReleaseId id, Verdict verdict) {
    return new MigrationJudged(RUN, id, "db", verdict, "");
  }

  private static Journal journal(JournalEntry... entries) {
    List<Journal.Line> lines = new ArrayList<>();
    Arrays.stream(entries)
        .forEach(
            entry -> lines.add(new Journal.Line(Instant.ofEpochSecond(lines.size()), 1, entry)));
    return new Journal(lines);
  }

  private static State state(ReleaseId id, JournalEntry... entries) {
    return HostHistory.of(journal(entries)).migration(id, "db").orElseThrow().state();
  }

  @Test
  void standsAsItsLastRecordSays() {
    JournalEntry up = intent(ONE, Direction.UP);
    assertThat(state(ONE, up)).isEqualTo(State.STARTED);
    assertThat(state(ONE, up, result(ONE, Direction.UP, 9))).isEqualTo(State.FAILED);
    assertThat(state(ONE, up, result(ONE, Direction.UP, 0))).isEqualTo(State.APPLIED);
    assertThat(state(ONE, up, judged(ONE, Verdict.APPLIED))).isEqualTo(State.APPLIED);
    assertThat(state(ONE, up, judged(ONE, Verdict.DIRTY))).isEqualTo(State.DIRTY);
    assertThat(state(ONE, up, judged(ONE, Verdict.DIRTY), judged(ONE, Verdict.UNDONE)))
        .isEqualTo(State.UNDONE);
    JournalEntry down = intent(ONE, Direction.DOWN);
    assertThat(state(ONE, up, result(ONE, Direction.UP, 0), down)).isEqualTo(State.STARTED);
    assertThat(state(ONE, up, down, result(ONE, Direction.DOWN, 0))).isEqualTo(State.UNDONE);
  }

  @Test
  void keepsTheVersionBeforeUpWhateverComesLater() {
    HostHistory history =
        HostHistory.of(
            journal(
                new BackedUp(RUN, ONE, "db"),
                intent(ONE, Direction.UP),
                result(ONE, Direction.UP, 0),
                new MigrationIntent(RUN, ONE, "db", Direction.DOWN)));
    KnownMigration known = history.migration(ONE, "db").orElseThrow();
    assertThat(known.from()).contains("V1");
    assertThat(known.backedUp()).isTrue();
  }

  @Test
  void aRestoreTakesWithItWhatCameSinceAndAllDoubt() {
    HostHistory history =
        HostHistory.of(
            journal(
                intent(ONE, Direction.UP),
                result(ONE, Direction.UP, 0),
                intent(TWO, Direction.UP),
                judged(TWO, Verdict.DIRTY),
                intent(ONE, Direction.RESTORE),
                result(ONE, Direction.RESTORE, 0)));
    assertThat(history.migrations()).extracting(KnownMigration::state).containsOnly(State.UNDONE);
    assertThat(history.dirty()).isEmpty();
  }

  @Test
  void aCheckpointKeepsAllThatCounts() {
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(new RunStarted(RUN, Goal.RELEASE, "o", Optional.empty(), List.of()));
    entries.add(new BackedUp(RUN, ONE, "db"));
    entries.add(intent(ONE, Direction.UP));
    entries.add(result(ONE, Direction.UP, 0));
    entries.add(intent(TWO, Direction.UP));
    entries.add(judged(TWO, Verdict.DIRTY));
    entries.add(new RunEnded(RUN, Outcome.IN_DOUBT));
    for (int run = 0; run <= JournalCompactor.RUNS; run++) {
      entries.add(new RunStarted("b" + run, Goal.RELEASE, "o", Optional.empty(), List.of()));
      entries.add(new RunEnded("b" + run, Outcome.RELEASED));
    }
    Journal journal = journal(entries.toArray(JournalEntry[]::new));
    Journal compact = JournalCompactor.compact(journal);
    assertThat(compact.lines()).hasSizeLessThan(journal.lines().size());
    assertThat(HostHistory.of(compact).migrations())
        .isEqualTo(HostHistory.of(journal).migrations());
  }
}
