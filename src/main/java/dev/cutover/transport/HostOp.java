package dev.cutover.transport;

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

  /** Runs a command of the user's to its end, its output streamed; see {@link CommandRun}. */
  record Run(CommandRun command) implements HostOp {}

  /**
   * Makes a staged release durable and records it SEALED: refuses files that contain the staging
   * path, takes the manifest anew when a build added files, syncs everything.
   */
  record Seal(String runId, JournalEntry.Described description, boolean built) implements HostOp {}

  /** Moves a sealed release from {@code staging/} into {@code releases/}. */
  record Publish(ReleaseId id) implements HostOp {}

  /**
   * Points {@code current} at {@code to} in one rename, reads it back, syncs, records {@code
   * Switched}, and LIVE for {@code to} when it goes forward.
   *
   * @param expected what {@code current} must be before; already being {@code to} is success
   * @param live the release to record as LIVE, if any
   */
  record Switch(
      String runId, RemotePath to, Optional<RemotePath> expected, Optional<ReleaseId> live)
      implements HostOp {}

  /** Removes {@code current}, which must be {@code expected}: nothing is live. */
  record RemoveCurrent(String runId, RemotePath expected) implements HostOp {}

  /**
   * Moves a release out of the way into {@code failed/}, from {@code staging/} or {@code releases/}
   * wherever it is, keeps the two newest there, and records {@code state}.
   */
  record Quarantine(String runId, ReleaseId id, ReleaseState state, String why) implements HostOp {}

  /**
   * Removes releases with their manifests and backups: renamed to trash first, links not followed.
   */
  record Prune(String runId, List<ReleaseId> ids) implements HostOp {
    public Prune {
      ids = List.copyOf(ids);
    }
  }

  /** Appends a line to {@code revisions.log}. */
  record LogRevision(String line) implements HostOp {}

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
   */
  record CommandRun(
      String name,
      String run,
      RemotePath directory,
      Map<String, String> environment,
      long timeoutSeconds,
      Optional<ReleaseId> log) {
    public CommandRun {
      environment = Map.copyOf(environment);
    }
  }
}
