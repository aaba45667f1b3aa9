package dev.cutover.app;

import dev.cutover.domain.HostFacts;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.step.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds where a rollback goes: along the chain of what was live before, to the first fit release.
 */
final class RollbackTarget {

  private RollbackTarget() {}

  static Optional<ReleaseId> of(HostFacts facts, HostHistory history) {
    Set<RemotePath> seen = new HashSet<>();
    Optional<RemotePath> at = facts.current().live();
    while (at.isPresent() && seen.add(at.get())) {
      at = at.flatMap(live -> before(live, facts, history));
      Optional<ReleaseId> candidate = at.flatMap(facts.layout()::releaseAt);
      if (at.filter(seen::contains).isEmpty()
          && candidate.filter(id -> fit(id, facts, history)).isPresent()) {
        return candidate;
      }
    }
    return Optional.empty();
  }

  /**
   * What a rollback to {@code target} leaves behind, the live release first; empty if it is not on
   * the way back from what is live.
   */
  static List<ReleaseId> passedOver(Member member, ReleaseId target) {
    List<ReleaseId> passed = new ArrayList<>();
    Set<RemotePath> seen = new HashSet<>();
    Optional<RemotePath> at = member.from();
    while (at.isPresent() && seen.add(at.get())) {
      Optional<ReleaseId> here = at.flatMap(member.layout()::releaseAt);
      if (here.equals(Optional.of(target))) {
        return List.copyOf(passed);
      }
      here.ifPresent(passed::add);
      at = at.flatMap(live -> before(live, member.facts(), member.history()));
    }
    return List.of();
  }

  /** By our journal where it was we who put it live, else by what other tools wrote down. */
  private static Optional<RemotePath> before(
      RemotePath live, HostFacts facts, HostHistory history) {
    Optional<ReleaseId> id = facts.layout().releaseAt(live);
    return id.flatMap(history::description).isPresent()
        ? history.liveBefore(live)
        : id.flatMap(facts.neighbours()::liveBefore).map(facts.layout()::release);
  }

  private static boolean fit(ReleaseId id, HostFacts facts, HostHistory history) {
    return facts.releases().contains(id)
        && facts.neighbours().mark(id).isEmpty()
        && history
            .state(id)
            .map(ReleaseState::mayBeChosen)
            .orElseGet(() -> facts.neighbours().proven(id));
  }
}
