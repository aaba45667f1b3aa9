package dev.cutover.step;

import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.journal.JournalEntry.BackedUp;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.JournalEntry.MigrationIntent;
import dev.cutover.domain.journal.JournalEntry.MigrationJudged;
import dev.cutover.domain.journal.JournalEntry.MigrationResult;
import dev.cutover.domain.journal.JournalEntry.Verdict;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpResult;
import java.util.Optional;

/** Words the journal's records about one migration of one release. */
record MigrationLog(String runId, ReleaseId release, String migration) {

  HostOp intent(Direction direction, String from) {
    return new HostOp.Append(
        new MigrationIntent(runId, release, migration, direction, filled(from)));
  }

  HostOp result(Direction direction, int status, String version) {
    return new HostOp.Append(
        new MigrationResult(
            runId, release, migration, direction, OpResult.recorded(status), filled(version)));
  }

  HostOp judged(Verdict verdict, String why) {
    return new HostOp.Append(new MigrationJudged(runId, release, migration, verdict, oneLine(why)));
  }

  HostOp backedUp() {
    return new HostOp.Append(new BackedUp(runId, release, migration));
  }

  private static String oneLine(String why) {
    return why.replace('\n', ' ');
  }

  private static Optional<String> filled(String value) {
    return Optional.of(value).filter(text -> !text.isEmpty());
  }
}
