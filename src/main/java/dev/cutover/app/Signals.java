package dev.cutover.app;

import dev.cutover.transport.Stop;

/**
 * Tells a run to stop when this process is told to, by Ctrl-C or by SIGTERM: from the start to
 * {@link #close}.
 */
public final class Signals implements AutoCloseable {

  /** CI servers send SIGKILL some seconds after SIGTERM; five at the least. */
  private static final int SECONDS = 3;

  private final Stop stop;
  private final Thread hook;

  private Signals(Stop stop, Runnable silent) {
    this.stop = stop;
    this.hook = new Thread(() -> stop(silent), "cutover-signal");
  }

  private void stop(Runnable silent) {
    if (!stop.request(SECONDS)) {
      silent.run();
    }
  }

  /**
   * Begins to listen.
   *
   * @param silent done when the run was told to stop and has not come to say so itself in time
   */
  public static Signals to(Stop stop, Runnable silent) {
    Signals signals = new Signals(stop, silent);
    Runtime.getRuntime().addShutdownHook(signals.hook);
    return signals;
  }

  @Override
  public void close() {
    stop.ended();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook is at work.
    }
  }
}
