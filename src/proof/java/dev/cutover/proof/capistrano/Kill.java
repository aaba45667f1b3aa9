package dev.cutover.proof.capistrano;

/**
 * Where a run is killed: the client with {@code kill -9}, and with it what it had running on the
 * host.
 *
 * @param call the number of the remote call, from 1
 * @param pause how far into the call, in ms, for {@link Moment#DURING}
 */
record Kill(int call, Moment moment, long pause, String what) {

  /** When, as seen from the call. */
  enum Moment {
    BEFORE,
    DURING,
    AFTER
  }

  @Override
  public String toString() {
    return moment.name().toLowerCase(java.util.Locale.ROOT) + " call " + call + " (" + what + ")";
  }
}
