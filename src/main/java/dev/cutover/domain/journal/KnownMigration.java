package dev.cutover.domain.journal;

import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.JournalEntry.Verdict;
import java.util.Optional;

/**
 * What became of one migration of one release, as a journal tells it.
 *
 * @param direction the last that was started
 * @param exitStatus of that; empty: how it ended is not recorded
 * @param verdict what was found out after that by other means
 * @param from what {@code version} said before {@code up}
 * @param version what it said last
 * @param backedUp whether there was a good backup before {@code up}
 */
public record KnownMigration(
    ReleaseId release,
    String migration,
    Direction direction,
    Optional<Integer> exitStatus,
    Optional<Verdict> verdict,
    Optional<String> from,
    Optional<String> version,
    boolean backedUp) {

  /** How it stands. */
  public enum State {
    /** A command was started, and how it ended is not known. */
    STARTED,
    /** A command ended badly, and nobody has found out what that means. */
    FAILED,
    APPLIED,
    UNDONE,
    /** Nobody can tell; a person must look. */
    DIRTY
  }

  /** How it stands. */
  public State state() {
    if (verdict.isPresent()) {
      return switch (verdict.get()) {
        case APPLIED, DUE -> State.APPLIED;
        case UNDONE -> State.UNDONE;
        case DIRTY -> State.DIRTY;
      };
    }
    if (exitStatus.isEmpty()) {
      return State.STARTED;
    }
    if (exitStatus.get() != 0) {
      return State.FAILED;
    }
    return direction == Direction.UP ? State.APPLIED : State.UNDONE;
  }

  /** Whether a rollback has decided that it goes, and it did not go yet. */
  public boolean due() {
    return verdict.equals(Optional.of(Verdict.DUE));
  }

  /** Whether nothing of the change is left. */
  public boolean undone() {
    return state() == State.UNDONE;
  }
}
