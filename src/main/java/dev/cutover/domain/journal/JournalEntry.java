package dev.cutover.domain.journal;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import java.util.List;
import java.util.Optional;

/** One fact a host remembers. */
public sealed interface JournalEntry {

  /**
   * The first record of every run, written with its lock.
   *
   * @param from what {@code current} resolved to at that moment; a revert restores exactly this
   * @param members the urls of all targets, the coordinator first
   */
  record RunStarted(
      String runId, Goal goal, String owner, Optional<RemotePath> from, List<String> members)
      implements JournalEntry {
    public RunStarted {
      members = List.copyOf(members);
    }
  }

  /** The health of what was live before the run changed anything. */
  record Baseline(String runId, Health health) implements JournalEntry {}

  /**
   * What a release is made of; written when it is sealed.
   *
   * @param manifest {@link dev.cutover.domain.Manifest#digest()}
   * @param configuration the digest of the configuration it was released with
   */
  record Described(
      ReleaseId id, String version, String revision, String manifest, String configuration)
      implements JournalEntry {}

  /**
   * A release came into a state.
   *
   * @param why one line for people; may be empty
   */
  record StateChanged(String runId, ReleaseId id, ReleaseState state, String why)
      implements JournalEntry {}

  /** {@code current} was switched and the switch is on disk. */
  record Switched(String runId, Optional<RemotePath> from, Optional<RemotePath> to)
      implements JournalEntry {}

  /** A migration's command is about to start ({@code UP}, {@code DOWN}). */
  record MigrationIntent(String runId, ReleaseId id, String migration, Direction direction)
      implements JournalEntry {}

  /** How a migration's command ended. */
  record MigrationResult(
      String runId, ReleaseId id, String migration, Direction direction, int exitStatus)
      implements JournalEntry {}

  /** Which way a migration went. */
  enum Direction {
    UP,
    DOWN
  }

  /** The decision, first on the coordinator: the release is proven on all hosts. */
  record Committed(String runId, Optional<ReleaseId> id) implements JournalEntry {}

  /** The last record of a run that came to its end. */
  record RunEnded(String runId, Outcome outcome) implements JournalEntry {}
}
