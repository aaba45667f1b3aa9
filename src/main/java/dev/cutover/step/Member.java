package dev.cutover.step;

import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.util.List;
import java.util.Optional;

/**
 * A locked host of a run, with what was read under its lock.
 *
 * @param name how reports call it; unique within the run
 * @param coordinator whether the run's decision is recorded here first
 */
public record Member(
    String name,
    Host host,
    LockToken token,
    HostFacts facts,
    HostHistory history,
    boolean coordinator) {

  public Layout layout() {
    return facts.layout();
  }

  /** FROM: what {@code current} resolved to when the lock was taken. */
  public Optional<RemotePath> from() {
    return facts.current().live();
  }

  /** The same member with other facts, and the history they tell. */
  public Member with(HostFacts other) {
    return new Member(name, host, token, other, HostHistory.of(other.journal()), coordinator);
  }

  /** Performs operations under this member's token, in one round trip. */
  public List<OpResult> perform(List<HostOp> ops, OpListener listener) {
    return host.perform(layout(), token, ops, listener);
  }
}
