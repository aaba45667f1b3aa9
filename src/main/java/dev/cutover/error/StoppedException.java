package dev.cutover.error;

/**
 * The run was told to stop. What was under way on the host may or may not have happened; the next
 * run settles it.
 */
public final class StoppedException extends HostLostException {

  private static final long serialVersionUID = 1L;

  public StoppedException(String host) {
    super(host, "the run was told to stop, and did nothing more there", "mvn deploy:recover", null);
  }
}
