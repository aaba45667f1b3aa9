package dev.cutover.domain;

import java.util.Optional;

/**
 * A change to a database that comes with a release. Its commands run by {@code sh} in the release's
 * directory on the host, or in the module's base directory for {@link Where#LOCAL}, with the
 * variables of every command and {@code MIGRATION_ID}, {@code MIGRATION_FROM} (what {@code version}
 * said before {@code up}; empty without one), {@code BACKUP_PATH} (on hosts) and, through a {@link
 * Forward}, {@code FORWARD_HOST} and {@code FORWARD_PORT}.
 *
 * @param id names it in the journal and in reports; letters, digits, dots, dashes, underscores
 * @param preset the preset its commands come from; empty when they were all written out
 * @param up applies the change. Started at most once for a release; exit 0: it is applied
 * @param down takes it back, run from the files of its own release; exit 0: nothing of it is left.
 *     Without it the change stays when the release reverts
 * @param check exit 0: applied, 1: not applied, 2: partly; anything else: it cannot be told. Asked
 *     when {@code up} or {@code down} did not come to a good end, and by {@code deploy:status}
 * @param version its output, one line, is recorded before and after {@code up}
 * @param backup runs before {@code up}, writes to {@code BACKUP_PATH}, a file or a directory of its
 *     making; must exit 0 and leave something that is not empty
 * @param restore puts the database back from {@code BACKUP_PATH}; only ever asked for by hand
 * @param probeOld whether the live old release is asked for its health after {@code up}, before
 *     anything is switched
 * @param forward for {@link Where#LOCAL}: an address as the first host sees it, that the commands
 *     reach through the SSH connection
 */
public record Migration(
    String id,
    String preset,
    Command up,
    Optional<Command> down,
    Optional<Command> check,
    Optional<Command> version,
    Optional<Command> backup,
    Optional<Command> restore,
    Where on,
    UndoOrder undoOrder,
    boolean probeOld,
    Optional<Forward> forward) {

  /** A migration of nothing but the commands that change something, and the one that looks. */
  public Migration(
      String id, Command up, Optional<Command> down, Optional<Command> check, Where on) {
    this(
        id,
        "",
        up,
        down,
        check,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        on,
        UndoOrder.AFTER_FLIP,
        false,
        Optional.empty());
  }

  /** When {@code down} runs if the release reverts after it went live. */
  public enum UndoOrder {
    /** When the old code is live again. */
    AFTER_FLIP,
    /** While the new code is still live: for schemas that the old code cannot live with. */
    BEFORE_FLIP
  }

  /** An address as the host sees it. */
  public record Forward(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
