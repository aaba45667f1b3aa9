package dev.cutover.transport;

import dev.cutover.domain.HostFacts;
import dev.cutover.domain.LockToken;

/** The answer to a {@link LockRequest}, with the facts read in the same round trip. */
public sealed interface LockReply {

  /** Read under the lock when it was granted. */
  HostFacts facts();

  /** The lock is ours and {@code RunStarted} is on disk; the facts include that record. */
  record Granted(LockToken token, HostFacts facts) implements LockReply {}

  /**
   * The very run that asks has it, and got it under another name: two of its targets are one
   * directory.
   *
   * @param target the url it was asked for by
   */
  record Twin(String target, HostFacts facts) implements LockReply {}

  /** Somebody else has it: see {@link HostFacts#lock()}, {@code holderAlive}, {@code beat}. */
  record Held(HostFacts facts) implements LockReply {}
}
