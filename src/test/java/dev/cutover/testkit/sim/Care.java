package dev.cutover.testkit.sim;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.transport.HostOp;
import java.util.List;

/**
 * The care that the scripts take. A proof that wants to know whether it would notice a mistake has
 * them leave out one of these.
 */
public interface Care {

  /** All of it. */
  Care FULL = new Care() {};

  /** Whether the lock must have the token's text. */
  default boolean checksToken() {
    return true;
  }

  /** Whether the lock must be of this start of the machine. */
  default boolean checksStart() {
    return true;
  }

  /** Whether the files that were uploaded are compared with their manifest. */
  default boolean verifies() {
    return true;
  }

  /** Whether a command that was started is not started again. */
  default boolean startsOnce() {
    return true;
  }

  /** Whether a switch is made before it is recorded. */
  default boolean actsBeforeItRecords() {
    return true;
  }

  /** Whether {@code current} is replaced, never removed. */
  default boolean flipsInOne() {
    return true;
  }

  /** Whether what is made in place of a link does not go to where that leads. */
  default boolean replacesLinks() {
    return true;
  }

  /** Whether the files of a release are synced before it is sealed. */
  default boolean syncsTrees() {
    return true;
  }

  /** Whether the directory of {@code current} is synced after a switch. */
  default boolean syncsSwitches() {
    return true;
  }

  /** Whether a run says that it decides on all its members; an earlier version did not. */
  default boolean saysHowItDecides() {
    return true;
  }

  /** Whether records are synced. */
  default boolean syncsRecords() {
    return true;
  }

  /** A batch in the order it is done in. */
  default List<HostOp> order(List<HostOp> ops) {
    return ops;
  }

  /** Where a switch goes. */
  default RemotePath target(Machine machine, LockToken token, RemotePath to) {
    return to;
  }

  /** What a prune removes. */
  default List<ReleaseId> pruned(Machine machine, List<ReleaseId> ids) {
    return ids;
  }
}
