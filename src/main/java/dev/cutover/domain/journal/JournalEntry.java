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

  /** The run it belongs to, unless it is about a release whoever made it. */
  default Optional<String> run() {
    return Optional.empty();
  }

  /** A record of one run. */
  sealed interface OfRun extends JournalEntry {
    String runId();

    @Override
    default Optional<String> run() {
      return Optional.of(runId());
    }
  }

  /**
   * The first record of every run, written with its lock.
   *
   * @param from what {@code current} resolved to at that moment; a revert restores exactly this
   * @param members the urls of all targets, the coordinator first
   * @param onAll whether nobody is told of a success before every member has the decision on its
   *     disk; an earlier version told it once the coordinator had
   */
  record RunStarted(
      String runId,
      Goal goal,
      String owner,
      Optional<RemotePath> from,
      List<String> members,
      boolean onAll)
      implements OfRun {
    public RunStarted {
      members = List.copyOf(members);
    }

    /** As an earlier version began a run. */
    public RunStarted(
        String runId, Goal goal, String owner, Optional<RemotePath> from, List<String> members) {
      this(runId, goal, owner, from, members, false);
    }
  }

  /**
   * What {@code current} resolved to once the run had settled what another one left. From here on
   * this is what a revert of the run restores.
   */
  record Based(String runId, Optional<RemotePath> from) implements OfRun {}

  /** The health of what was live before the run changed anything. */
  record Baseline(String runId, Health health) implements OfRun {}

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
      implements OfRun {}

  /** {@code current} is about to be switched; nothing tells yet whether it was. */
  record Switching(String runId, Optional<RemotePath> from, Optional<RemotePath> to)
      implements OfRun {}

  /** {@code current} was switched and the switch is on disk. */
  record Switched(String runId, Optional<RemotePath> from, Optional<RemotePath> to)
      implements OfRun {}

  /** A step that has something to take back is about to begin; {@code step} is its name. */
  record StepBegan(String runId, String step) implements OfRun {}

  /** What such a step did was taken back. */
  record StepUndone(String runId, String step) implements OfRun {}

  /**
   * The watchdog on the host took the lock from a run that had not confirmed in time, and puts back
   * what was live before. The health of that is not known, and the run has no end yet.
   */
  record WatchdogActed(String runId) implements OfRun {}

  /** The run was told to stop, by a signal; it has no end yet. */
  record Stopped(String runId, String signal) implements OfRun {}

  /**
   * A migration's command is about to start.
   *
   * @param id the release it came with
   * @param from what {@code version} said before, if it was asked
   */
  record MigrationIntent(
      String runId, ReleaseId id, String migration, Direction direction, Optional<String> from)
      implements OfRun {
    public MigrationIntent(String runId, ReleaseId id, String migration, Direction direction) {
      this(runId, id, migration, direction, Optional.empty());
    }
  }

  /**
   * How a migration's command ended.
   *
   * @param version what {@code version} said after it, if it was asked
   */
  record MigrationResult(
      String runId,
      ReleaseId id,
      String migration,
      Direction direction,
      int exitStatus,
      Optional<String> version)
      implements OfRun {
    public MigrationResult(
        String runId, ReleaseId id, String migration, Direction direction, int exitStatus) {
      this(runId, id, migration, direction, exitStatus, Optional.empty());
    }
  }

  /**
   * What was found out about a migration by other means than the end of its command: its {@code
   * check}, or a person.
   *
   * @param why one line for people
   */
  record MigrationJudged(String runId, ReleaseId id, String migration, Verdict verdict, String why)
      implements OfRun {}

  /** A migration's backup is written, looked at and durable. */
  record BackedUp(String runId, ReleaseId id, String migration) implements OfRun {}

  /** Which way a migration went. */
  enum Direction {
    UP,
    DOWN,
    /** Back to the backup, by hand. */
    RESTORE
  }

  /** How a database stands. */
  enum Verdict {
    /** The change is there, whole. */
    APPLIED,
    /** Nothing of the change is there. */
    UNDONE,
    /** It cannot be told; until a person has looked, no migration of this database starts. */
    DIRTY,
    /** The change is to be taken back now that the rollback which asks for that is decided. */
    DUE
  }

  /** The decision: the release is proven on all hosts. First on the coordinator, then on each. */
  record Committed(String runId, Optional<ReleaseId> id) implements OfRun {}

  /** The last record of a run that came to its end. */
  record RunEnded(String runId, Outcome outcome) implements OfRun {}
}
