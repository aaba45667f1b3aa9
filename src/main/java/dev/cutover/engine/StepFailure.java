package dev.cutover.engine;

import dev.cutover.error.CutoverException;
import dev.cutover.error.FencedException;
import dev.cutover.error.HostFaultException;
import dev.cutover.error.HostLostException;
import dev.cutover.error.InDoubtException;
import dev.cutover.error.NoRoomException;
import dev.cutover.error.OwnFaultException;
import dev.cutover.error.StoppedException;
import dev.cutover.event.StepRef;

/** A step failed on a host. */
final class StepFailure extends CutoverException {

  private static final long serialVersionUID = 1L;
  private static final StepRef SOMEWHERE = new StepRef("run", "run");
  private final transient StepRef step;
  private final String host;

  /** The failure of a step for a fault of ours. */
  static StepFailure ofOurs(StepRef step, String host, Throwable fault) {
    return new StepFailure(step, host, new OwnFaultException(fault));
  }

  StepFailure(StepRef step, String host, CutoverException cause) {
    super(sentence(step, host, cause), cause.next(), cause);
    this.step = step;
    this.host = host;
  }

  private static String sentence(StepRef step, String host, CutoverException cause) {
    String message = String.valueOf(cause.getMessage());
    return message.startsWith(host + ": ")
        ? message
        : host + ": " + (message.startsWith(step.name()) ? "" : step.name() + ": ") + message;
  }

  StepRef step() {
    return step;
  }

  String host() {
    return host;
  }

  /** The host may or may not have done it. */
  boolean lost() {
    return getCause() instanceof HostLostException;
  }

  /**
   * Where in the run it happened is not known, and so neither whether it was before the decision.
   */
  static StepFailure somewhere(String host, CutoverException cause) {
    return new StepFailure(SOMEWHERE, host, cause);
  }

  /** The run was told to stop, or has lost its way, and does nothing more: the next one settles. */
  boolean stopped() {
    return getCause() instanceof StoppedException || step.equals(SOMEWHERE);
  }

  /** How a database stands cannot be told. */
  boolean inDoubt() {
    return getCause() instanceof InDoubtException;
  }

  /** The host had no room left for it. */
  boolean noRoom() {
    return getCause() instanceof NoRoomException;
  }

  /**
   * Work of our own could not be done: what it belongs to is half done, and not a user's affair.
   */
  boolean halfDone() {
    return noRoom() || getCause() instanceof HostFaultException;
  }

  /** Another run has the lock now. */
  boolean fenced() {
    return getCause() instanceof FencedException;
  }
}
