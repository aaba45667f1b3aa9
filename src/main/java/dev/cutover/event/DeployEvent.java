package dev.cutover.event;

import dev.cutover.domain.Goal;
import dev.cutover.domain.HistoryLine;
import dev.cutover.domain.HostStatus;
import dev.cutover.domain.Identity;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.PlanView;
import dev.cutover.domain.ReleaseId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something that happened. Every start has its end, also when it failed. */
public sealed interface DeployEvent {

  /** A goal began. */
  record RunStarted(Goal goal, Identity project, List<String> hosts) implements DeployEvent {}

  /** A connection stands. */
  record Connected(String host, Duration took) implements DeployEvent {}

  /** Another run has the lock; said once, then every 10 s. {@code owner} is for people. */
  record WaitingForLock(String host, String owner, Duration waited) implements DeployEvent {}

  /**
   * The lock is ours on every host and the release has its id.
   *
   * @param previous what is live now, where that is the same on all hosts
   * @param mixed whether it is not
   */
  record Planned(Optional<ReleaseId> release, Optional<ReleaseId> previous, boolean mixed)
      implements DeployEvent {
    public Planned(Optional<ReleaseId> release, Optional<ReleaseId> previous) {
      this(release, previous, false);
    }
  }

  /** A step began on a host; {@code undo}: it is being taken back. */
  record StepStarted(StepRef step, String host, boolean undo) implements DeployEvent {}

  /** Bytes moved by the running step. */
  record StepProgress(StepRef step, String host, long done, long total) implements DeployEvent {}

  /** A line a command of the user's wrote. */
  record StepOutput(StepRef step, String host, String line) implements DeployEvent {}

  /** One round of one health check. */
  record HealthAttempted(
      StepRef step, String host, String check, int attempt, boolean healthy, String detail)
      implements DeployEvent {}

  /** A step ended well; {@code note} is one short remark or empty. */
  record StepFinished(StepRef step, String host, boolean undo, Duration took, String note)
      implements DeployEvent {}

  /** A step failed; {@code why} may have several lines. */
  record StepFailed(StepRef step, String host, boolean undo, Duration took, String why)
      implements DeployEvent {}

  /**
   * Everything done so far is now taken back.
   *
   * @param switched whether the release had gone live on any host
   */
  record RevertStarted(String why, boolean switched) implements DeployEvent {}

  /** Something to know that stops nothing. {@code host} is empty when it is about no single one. */
  record Notice(Optional<String> host, String text) implements DeployEvent {}

  /** As {@link Notice}, but the user should act on it some day. */
  record Warning(Optional<String> host, String text) implements DeployEvent {}

  /** {@code deploy:status} read a host. */
  record StatusRead(HostStatus status) implements DeployEvent {}

  /** {@code deploy:history} read a host; oldest first. */
  record HistoryRead(String host, List<HistoryLine> lines) implements DeployEvent {}

  /** {@code deploy:plan} made its plan. */
  record PlanMade(PlanView plan) implements DeployEvent {}

  /** {@code deploy:check} looked at a host; no problems means that a release may come. */
  record Checked(String host, List<String> problems, List<String> notes) implements DeployEvent {}

  /** {@code deploy:verify} compared the live release with its manifest. */
  record DriftRead(
      String host, String release, List<String> changed, List<String> missing, List<String> added)
      implements DeployEvent {}

  /** The last event of a run. */
  record RunEnded(OutcomeReport report) implements DeployEvent {}
}
