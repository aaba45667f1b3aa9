package dev.cutover.domain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.Journal.Line;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.JournalEntry.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalCodecTest {

  private static final String RUN = "a1";
  private static final ReleaseId ID = new ReleaseId("20260101000001");
  private static final Optional<RemotePath> ODD =
      Optional.of(new RemotePath("/srv/it's = \"50%\"\\ é/x"));

  private static final List<JournalEntry> EVERY =
      List.of(
          new JournalEntry.RunStarted(
              RUN, Goal.RELEASE, "me@here", ODD, List.of("file:///a b", "sftp://x/~/é")),
          new JournalEntry.RunStarted(RUN, Goal.ROLLBACK, "me", Optional.empty(), List.of()),
          new JournalEntry.RunStarted(
              RUN, Goal.RELEASE, "me", Optional.empty(), List.of("a", "b"), true),
          new JournalEntry.Based(RUN, ODD),
          new JournalEntry.Based(RUN, Optional.empty()),
          new JournalEntry.Switching(RUN, ODD, Optional.empty()),
          new JournalEntry.StepBegan(RUN, "hook before-switch 1"),
          new JournalEntry.StepUndone(RUN, "hook before-switch 1"),
          new JournalEntry.WatchdogActed(RUN),
          new JournalEntry.Stopped(RUN, "TERM"),
          new JournalEntry.Baseline(RUN, Health.SICK),
          new JournalEntry.Described(ID, "1.0 final", "", "m", "c"),
          new JournalEntry.StateChanged(RUN, ID, ReleaseState.FAILED, "it = sick\nand\tso"),
          new JournalEntry.Switched(RUN, ODD, Optional.empty()),
          new JournalEntry.Switched(RUN, Optional.empty(), ODD),
          new JournalEntry.MigrationIntent(RUN, ID, "d b", Direction.UP),
          new JournalEntry.MigrationResult(RUN, ID, "d b", Direction.DOWN, 3),
          new JournalEntry.MigrationIntent(RUN, ID, "db", Direction.UP, Optional.of("V 1\n2")),
          new JournalEntry.MigrationResult(RUN, ID, "db", Direction.UP, 0, Optional.of("V 3")),
          new JournalEntry.MigrationJudged(RUN, ID, "db", Verdict.DIRTY, "cannot tell"),
          new JournalEntry.BackedUp(RUN, ID, "db"),
          new JournalEntry.Committed(RUN, Optional.of(ID)),
          new JournalEntry.Committed(RUN, Optional.empty()),
          new JournalEntry.RunEnded(RUN, Outcome.REVERTED));

  @Test
  void everyEntryComesBackAsItWas() {
    Journal journal = journal(EVERY);
    assertThat(JournalCodec.parse(JournalCodec.text(journal))).isEqualTo(journal);
  }

  @Test
  void aRecordIsLengthChecksumAndPayloadBetweenNewlines() {
    Journal journal =
        new Journal(
            List.of(
                new Line(
                    Instant.ofEpochSecond(1767225600),
                    7,
                    new JournalEntry.RunEnded(RUN, Outcome.RELEASED))));
    assertThat(JournalCodec.text(journal))
        .matches("\n46 [0-9a-f]{16} 1767225600 7 run-ended run=a1 outcome=RELEASED\n");
  }

  @Test
  void whereverItIsTornTheRecordsBeforeAndAfterStand() {
    String text = JournalCodec.text(journal(EVERY));
    String after = JournalCodec.text(journal(EVERY.subList(0, 1)));
    for (int cut = 0; cut < text.length(); cut++) {
      List<Line> lines = JournalCodec.parse(text.substring(0, cut) + after).lines();
      assertThat(lines.get(lines.size() - 1).entry()).isEqualTo(EVERY.get(0));
      List<JournalEntry> before =
          lines.subList(0, lines.size() - 1).stream().map(Line::entry).toList();
      assertThat(before).isEqualTo(EVERY.subList(0, before.size()));
    }
  }

  @Test
  void garbageUnknownWordsAndRepetitionsArePassedOver() {
    String text = JournalCodec.text(journal(List.of(new JournalEntry.Baseline(RUN, Health.SICK))));
    String flipped = text.replace("SICK", "SICk");
    assertThat(JournalCodec.parse("\0\1x\n" + "y".repeat(100_000) + flipped).lines()).isEmpty();
    assertThat(JournalCodec.parse(text + text + flipped).lines()).hasSize(1);
  }

  @Test
  void aCheckpointKeepsWhatStandsHowItCameOpenRunsAndTheNewestHistory() {
    List<Line> lines = new ArrayList<>();
    int runs = JournalCompactor.RUNS + 50;
    for (int seq = 1; seq <= runs; seq++) {
      ReleaseId id = new ReleaseId("r" + seq);
      String run = Integer.toHexString(seq);
      add(lines, seq, new JournalEntry.RunStarted(run, Goal.RELEASE, "o", ODD, List.of()));
      add(lines, seq, new JournalEntry.Described(id, "1", "r", "m", "c"));
      add(lines, seq, new JournalEntry.StateChanged(run, id, ReleaseState.SEALED, ""));
      add(lines, seq, new JournalEntry.Switched(run, ODD, ODD));
      add(lines, seq, new JournalEntry.StateChanged(run, id, ReleaseState.GOOD, ""));
      add(lines, seq, new JournalEntry.Committed(run, Optional.of(id)));
      if (seq == 2) {
        add(lines, seq, new JournalEntry.StateChanged(run, id, ReleaseState.PRUNED, ""));
      }
      if (seq == 4) {
        add(lines, seq, new JournalEntry.StateChanged(run, id, ReleaseState.FAILED, ""));
      }
      if (seq != 3) {
        add(lines, seq, new JournalEntry.RunEnded(run, Outcome.RELEASED));
      }
    }
    List<Line> kept = JournalCompactor.compact(new Journal(lines)).lines();
    assertThat(kept).isSubsetOf(lines);
    assertThat(kept.stream().filter(line -> line.seq() == 1)).hasSize(7);
    assertThat(kept.stream().filter(line -> line.seq() == 2)).isEmpty();
    assertThat(kept.stream().filter(line -> line.seq() == 3)).hasSize(6);
    assertThat(kept.stream().filter(line -> line.seq() == 4)).isEmpty();
    assertThat(kept.stream().filter(line -> line.seq() == runs)).hasSize(7);
  }

  private static void add(List<Line> lines, long seq, JournalEntry entry) {
    lines.add(new Line(Instant.ofEpochSecond(seq), seq, entry));
  }

  private static Journal journal(List<JournalEntry> entries) {
    List<Line> lines = new ArrayList<>();
    entries.forEach(entry -> add(lines, 4, entry));
    return new Journal(lines);
  }
}
