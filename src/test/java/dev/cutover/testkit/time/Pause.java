package dev.cutover.testkit.time;

/** Waiting for what cannot tell when it is there. */
public final class Pause {

  private Pause() {}

  /** Shorter when interrupted, which stays to be seen. */
  public static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
