package dev.cutover.proof.openssh;

/** The ways in which a run is hit. */
enum LinkFault {
  /** The client is gone at a chosen moment: before, within and after each remote operation. */
  CLIENT_AT_MOMENT(true),
  /** The client is killed with signal 9 from outside, whenever. */
  CLIENT_ANY_TIME(true),
  /** The remote shell that is at work is killed with signal 9. */
  COMMAND(false),
  /** The server's processes for the connection are killed with signal 9. */
  SESSION(false),
  /** The connection is cut after so many bytes. */
  CUT(false),
  /** The connection becomes a black hole after so many bytes. */
  STALL(false);

  /** Whether the client is gone for good: otherwise it reconnects and goes on by itself. */
  final boolean fatal;

  LinkFault(boolean fatal) {
    this.fatal = fatal;
  }
}
