package dev.cutover.error;

/**
 * The host could not do a piece of our own work: write a record, move a link, sync. It is no
 * command of a user's that failed, and what it was part of may be half done.
 */
public final class HostFaultException extends CutoverException {

  private static final long serialVersionUID = 1L;

  public HostFaultException(String message) {
    super(message, "");
  }
}
