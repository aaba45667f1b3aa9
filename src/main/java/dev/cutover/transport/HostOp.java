package dev.cutover.transport;

import dev.cutover.domain.Percent;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.journal.JournalEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One change to a host. Each is one script that, under the mutex, checks the token, acts, syncs and
 * records; each may be repeated after a lost reply with the same effect.
 */
public sealed interface HostOp {

  /** Appends a record. */
  record Append(JournalEntry entry) implements HostOp {}

  /**
   * Turns the uploaded files below {@code staging/} into the tree of the release: checks every file
   * against the manifest (nothing missing, nothing more), sets modes, writes {@code VERSION} and
   * {@code REVISION} unless the bundle has its own, makes the shared links. Records STAGED.
   *
   * @param modes permission bits by path, where they differ from 0644, for uploads that could not
   *     carry them
   */
  record Assemble(
      String runId,
      ReleaseId id,
      String version,
      String revision,
      Shared shared,
      Map<String, Integer> modes)
      implements HostOp {
    public Assemble {
      modes = Map.copyOf(modes);
    }
  }

  /** Tries to write where an upload failed: fails with the words of the host's own tools. */
  record Explain(ReleaseId id) implements HostOp {}

  /**
   * Runs a command of the user's to its end, its output streamed; see {@link CommandRun}. Asked for
   * again, it is not run again.
   *
   * @param runId the run it belongs to, which is not the run of the token when that settles another
   */
  record Run(CommandRun command, String runId) implements HostOp {}

  /**
   * Makes a staged release durable and records it SEALED: refuses files that contain the staging
   * path, takes the manifest anew when a build added files, syncs everything.
   */
  record Seal(String runId, JournalEntry.Described description, boolean built) implements HostOp {}

  /**
   * Records the decision, provided that {@code current} still is the release and the watchdog did
   * not act.
   */
  record Commit(String runId, ReleaseId id) implements HostOp {}

  /** Moves a sealed release from {@code staging/} into {@code releases/}. */
  record Publish(ReleaseId id) implements HostOp {}

  /**
   * Moves a release whose activation was cut off back into {@code staging/}, SEALED again. One that
   * was found unfit, and was cut off on its way into {@code failed/}, stays there as FAILED.
   */
  record Unpublish(String runId, ReleaseId id) implements HostOp {}

  /**
   * Records {@code Switching}, points {@code current} at {@code to} in one rename, reads it back,
   * syncs, records {@code Switched}, and LIVE for {@code to} when it goes forward.
   *
   * @param expected what {@code current} must be before; already being {@code to} is success
   * @param live the release to record as LIVE, if any
   */
  record Switch(
      String runId, RemotePath to, Optional<RemotePath> expected, Optional<ReleaseId> live)
      implements HostOp {}

  /**
   * Starts the watchdog, a small script on the host that no connection holds up. When the token is
   * still the lock's {@code graceSeconds} after {@code current} was pointed at {@code to}, and no
   * decision is recorded, it takes a new token, points {@code current} back at {@code from} and
   * runs {@code restart}; the run is then without an end.
   *
   * @param from what goes live again; empty: nothing
   */
  record Arm(
      String runId,
      RemotePath to,
      Optional<RemotePath> from,
      Optional<CommandRun> restart,
      long graceSeconds)
      implements HostOp {}

  /** Ends the watchdog of this token, if there is one: what it would do is done. */
  record Disarm() implements HostOp {}

  /** Removes {@code current}, which must be {@code expected}: nothing is live. */
  record RemoveCurrent(String runId, RemotePath expected) implements HostOp {}

  /**
   * Moves a release out of the way into {@code failed/}, from {@code staging/} or {@code releases/}
   * wherever it is, keeps the two newest there, and records {@code state}. On a host that has no
   * room left nothing of it is kept.
   *
   * @param discard whether it failed for want of room
   */
  record Quarantine(String runId, ReleaseId id, ReleaseState state, String why, boolean discard)
      implements HostOp {

    /** One that keeps what it moves away, where there is room for it. */
    public Quarantine(String runId, ReleaseId id, ReleaseState state, String why) {
      this(runId, id, state, why, false);
    }
  }

  /**
   * Removes releases with their manifests and backups, wherever they lie: renamed to trash first,
   * links not followed. Not one that a process works in; it is named in the value {@code in-use}.
   *
   * @param measured whether the reply has the values {@code gone}, the ids that were removed, and
   *     {@code freed}, the bytes of their files
   */
  record Prune(String runId, List<ReleaseId> ids, boolean measured) implements HostOp {
    public Prune {
      ids = List.copyOf(ids);
    }

    /** One that nobody asks what it has freed. */
    public Prune(String runId, List<ReleaseId> ids) {
      this(runId, ids, false);
    }
  }

  /**
   * Ends what commands of earlier runs still do, each with its whole process group, but for the
   * migrations' own; none of them can begin any more. The reply has a value, its key as {@link
   * Await#key} makes it, for each: {@code unstarted}, {@code running} (a migration), {@code ended
   * <status>}, or {@code gone} when how it ended is not known.
   */
  record Orphans() implements HostOp {}

  /**
   * Waits for a command of an earlier run, whose output is told and whose status is the reply's;
   * {@link OpResult#TIMED_OUT} when it goes on for longer, and {@link OpResult#LOST} when its
   * status is not known.
   */
  record Await(long seq, String name, String runId, long timeoutSeconds) implements HostOp {
    /** The key of this command's value in the reply to {@link Orphans}. */
    public String key() {
      return seq + "/" + Percent.encode(name + "@" + runId).replace("/", "%2f");
    }
  }

  /**
   * Looks after the place of a migration's backup: makes room for it, keeps what was written there
   * (refused when that is nothing or empty; else 0600 and synced), or drops what a backup that
   * failed has left there; then the value {@code full} says that the disk is.
   */
  record Backup(String runId, ReleaseId id, String migration, Act act) implements HostOp {
    /** What is done to it. */
    public enum Act {
      PREPARE,
      KEEP,
      DROP
    }
  }

  /**
   * Appends a line to {@code revisions.log}, for Capistrano and its users.
   *
   * @param live where a rollback went; Capistrano shall take it for the newest
   * @param left what it left; Capistrano shall not choose it
   */
  record LogRevision(String line, Optional<ReleaseId> live, Optional<ReleaseId> left)
      implements HostOp {
    /** After a release, whose files are the newest anyway. */
    public LogRevision(String line) {
      this(line, Optional.empty(), Optional.empty());
    }
  }

  /** Gives the lock back. The last operation of a run. */
  record Unlock() implements HostOp {}

  /**
   * A command of the user's: detached from the connection, output and exit status in files, its
   * process group ended at the deadline.
   *
   * @param name unique within the run, e.g. {@code restart} or {@code hook-before-switch-1}
   * @param run the text given to {@code sh}, verbatim
   * @param directory the working directory
   * @param environment exported by the script, never in argv
   * @param timeoutSeconds after which the process group is ended; at least 1
   * @param log the release whose {@code logs/<id>.log} keeps the output
   * @param undo whether it takes back what was done in a staged tree: where that tree is gone, as
   *     after a power cut, there is nothing left to take back, and it ends well
   */
  record CommandRun(
      String name,
      String run,
      RemotePath directory,
      Map<String, String> environment,
      long timeoutSeconds,
      Optional<ReleaseId> log,
      boolean undo) {
    public CommandRun {
      environment = Map.copyOf(environment);
    }

    /** A command that does something. */
    public CommandRun(
        String name,
        String run,
        RemotePath directory,
        Map<String, String> environment,
        long timeoutSeconds,
        Optional<ReleaseId> log) {
      this(name, run, directory, environment, timeoutSeconds, log, false);
    }

    /** The same, as one that undoes. */
    public CommandRun undoing() {
      return new CommandRun(name, run, directory, environment, timeoutSeconds, log, true);
    }
  }
}
