package dev.cutover.transport;

import dev.cutover.error.CutoverException;

/** The server offers no SFTP: nothing was written. */
public final class NoSftpException extends CutoverException {

  private static final long serialVersionUID = 1L;

  public NoSftpException(String host, Throwable cause) {
    super(
        host + ": the server offers no SFTP",
        "Allow it in its sshd_config: Subsystem sftp internal-sftp",
        cause);
  }
}
