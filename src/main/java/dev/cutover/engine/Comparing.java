package dev.cutover.engine;

import dev.cutover.domain.ReleaseId;
import dev.cutover.step.Member;
import dev.cutover.step.Wholeness;
import java.util.List;

/** What comparing a release with its manifest found on one member. */
public record Comparing(Member member, Wholeness found) {

  /** Has all of them compare it side by side; in the members' order. */
  public static List<Comparing> of(Tools tools, List<Member> members, ReleaseId id) {
    return FanOut.each(tools, members, member -> new Comparing(member, Wholeness.of(member, id)));
  }
}
