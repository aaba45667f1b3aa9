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
 * @param coordinator whether the run's decision is recorded here first, and what is done once for
 *     all members is done here
 * @param others the run's other members, as they were when they were locked, without others of
 *     their own
 */
public record Member(
    String name,
    Host host,
    LockToken token,
    HostFacts facts,
    HostHistory history,
    boolean coordinator,
    List<Member> others) {

  public Member {
    others = List.copyOf(others);
  }

  /** A member that is alone, so far. */
  public Member(String name, Host host, LockToken token, HostFacts facts, boolean coordinator) {
    this(name, host, token, facts, HostHistory.of(facts.journal()), coordinator, List.of());
  }

  /** The members of one run, each with the others. */
  public static List<Member> together(List<Member> members) {
    return members.stream()
        .map(
            member ->
                member.among(
                    members.stream().filter(other -> !other.name().equals(member.name())).toList()))
        .toList();
  }

  private Member among(List<Member> rest) {
    return new Member(name, host, token, facts, history, coordinator, rest);
  }

  public Layout layout() {
    return facts.layout();
  }

  /** FROM: what {@code current} resolved to when the lock was taken. */
  public Optional<RemotePath> from() {
    return facts.current().live();
  }

  /** The same member with other facts, and the history they tell. */
  public Member with(HostFacts other) {
    return new Member(
        name, host, token, other, HostHistory.of(other.journal()), coordinator, others);
  }

  /** The same member, which does or does not do what is done once for all. */
  public Member leading(boolean leads) {
    return new Member(name, host, token, facts, history, leads, others);
  }

  /** Performs operations under this member's token, in one round trip. */
  public List<OpResult> perform(List<HostOp> ops, OpListener listener) {
    return host.perform(layout(), token, ops, listener);
  }
}
