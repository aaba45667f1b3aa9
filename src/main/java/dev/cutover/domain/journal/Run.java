package dev.cutover.domain.journal;

import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.domain.journal.JournalEntry.Switched;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run as a host's journal tells it.
 *
 * @param seq of its token
 * @param subject the release it staged or made live, as far as it got
 * @param switches in the order they happened
 * @param end how it ended; empty: it was interrupted or is still going on
 */
public record Run(
    Instant at,
    long seq,
    RunStarted started,
    Optional<ReleaseId> subject,
    Optional<Health> baseline,
    List<Switched> switches,
    List<MigrationStep> migrations,
    Optional<Committed> commit,
    Optional<Outcome> end) {

  public Run {
    switches = List.copyOf(switches);
    migrations = List.copyOf(migrations);
  }

  /**
   * The last thing the run did about a migration.
   *
   * @param exitStatus empty: started, and how it ended is not recorded
   */
  public record MigrationStep(
      ReleaseId release, String migration, Direction direction, Optional<Integer> exitStatus) {

    /** Whether nothing of the change is left: its DOWN went well. */
    public boolean undone() {
      return direction == Direction.DOWN && exitStatus.equals(Optional.of(0));
    }
  }

  /** Where the last switch led. */
  public Optional<RemotePath> switchedTo() {
    return switches.isEmpty() ? Optional.empty() : switches.get(switches.size() - 1).to();
  }
}
