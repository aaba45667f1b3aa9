package dev.cutover.testkit.link;

import java.time.Duration;

/**
 * Counts request/response turns, as they are seen at the client: how often it spoke after it had
 * been spoken to, or first of all. What it says within one round trip of the beginning of a turn
 * cannot be an answer to what was said in it, and belongs to the same turn: it goes on at the same
 * time, on other channels or in a stream whose window is opened again and again. No chain of
 * requests, each of which waited for the answer to the one before, is longer than this count.
 */
final class Turns {

  private final Duration roundTrip;
  private long count;
  private long began;
  private boolean spokenTo = true;

  Turns(Duration roundTrip) {
    this.roundTrip = roundTrip;
  }

  synchronized void up() {
    long now = System.nanoTime();
    if (spokenTo && (count == 0 || now - began >= roundTrip.toNanos())) {
      count++;
      began = now;
      spokenTo = false;
    }
  }

  synchronized void down() {
    spokenTo = true;
  }

  synchronized long count() {
    return count;
  }

  synchronized void reset() {
    count = 0;
    spokenTo = true;
  }
}
