package dev.cutover.transport;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What {@code hold.sh} says until it holds, or ends without. */
final class Beginning {

  private static final int LONGEST = 2000;

  private final String nonce;
  private final CountDownLatch known = new CountDownLatch(1);
  private final StringBuilder said = new StringBuilder();
  private boolean hello;
  private boolean stands;
  private boolean fenced;

  Beginning(String nonce) {
    this.nonce = nonce;
  }

  synchronized void heard(String line) {
    if (line.equals(nonce + " hello")) {
      hello = true;
    } else if (line.equals(nonce + " ready")) {
      stands = true;
      known.countDown();
    } else if (line.equals(nonce + " fenced")) {
      fenced = true;
    } else if (line.startsWith(nonce + " end ")) {
      known.countDown();
    } else if (hello && !stands && !line.startsWith(nonce) && said.length() < LONGEST) {
      said.append(HostText.plain(line, Budget.MESSAGE_LINE)).append('\n');
    }
  }

  synchronized boolean stands() {
    return stands;
  }

  /** Waits until it is known how that went, but not for ever. */
  boolean known(Duration patience) throws InterruptedException {
    return known.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Why it does not hold; empty when it does, and when the lock is another's, which the fence
   * tells.
   */
  synchronized Optional<String> refusal() {
    return stands || fenced ? Optional.empty() : Optional.of(said.toString().strip());
  }
}
