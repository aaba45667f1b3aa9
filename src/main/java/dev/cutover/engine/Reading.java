package dev.cutover.engine;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Shared;
import dev.cutover.error.CutoverException;
import dev.cutover.error.OwnFaultException;
import dev.cutover.step.Member;
import java.util.List;
import java.util.Optional;

/**
 * What one member says stands there.
 *
 * @param facts empty when it could not be read
 * @param problem why it could not; else empty
 */
public record Reading(Member member, Optional<HostFacts> facts, String problem) {

  /** Asks all of them side by side; in the members' order. */
  public static List<Reading> of(Tools tools, List<Member> members, Shared shared) {
    return FanOut.each(tools, members, member -> of(member, shared));
  }

  private static Reading of(Member member, Shared shared) {
    try {
      FactsQuery query = new FactsQuery(member.host().target().root(), shared);
      return new Reading(member, Optional.of(member.host().facts(query)), "");
    } catch (CutoverException e) {
      return new Reading(member, Optional.empty(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // What was decided is told of the others all the same.
      return new Reading(member, Optional.empty(), OwnFaultException.text(e));
    }
  }
}
