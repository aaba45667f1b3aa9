package dev.cutover.proof.strace;

import java.util.List;

/** What happens to a call. */
public enum CallFault {
  /** The process that makes it is killed before it is made. */
  KILL("signal=KILL"),
  /** Everything is killed before it is made: the whole script with its tools. */
  CRASH("error=EINTR:signal=STOP"),
  /** It fails. */
  EIO("error=EIO"),
  /** There is no space. */
  ENOSPC("error=ENOSPC"),
  /** It is said to have been done, and was not. */
  LIE("retval=0"),
  /** It takes three seconds. */
  DELAY("delay_enter=3000000");

  /** Those that no host may be hurt by, wherever they happen. */
  static final List<CallFault> GRID = List.of(KILL, CRASH, EIO, ENOSPC);

  private final String injection;

  CallFault(String injection) {
    this.injection = injection;
  }

  String injection() {
    return injection;
  }
}
