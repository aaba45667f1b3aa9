package dev.cutover.transport;

import dev.cutover.domain.Target;

/** Opens hosts. */
@FunctionalInterface
public interface HostConnector {

  /**
   * Logs in; the returned host must be closed.
   *
   * @throws dev.cutover.error.HostRefusedException if the host cannot be used: its key, our
   *     credentials, its shell
   * @throws dev.cutover.error.HostLostException if it cannot be reached
   */
  Host connect(Target target);
}
