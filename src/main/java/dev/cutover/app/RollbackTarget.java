package dev.cutover.app;

import dev.cutover.domain.HostFacts;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.HostHistory;
import java.util.HashSet;
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
      at = at.flatMap(history::liveBefore);
      Optional<ReleaseId> candidate = at.flatMap(facts.layout()::releaseAt);
      if (at.filter(seen::contains).isEmpty()
          && candidate.filter(id -> fit(id, facts, history)).isPresent()) {
        return candidate;
      }
    }
    return Optional.empty();
  }

  private static boolean fit(ReleaseId id, HostFacts facts, HostHistory history) {
    return facts.releases().contains(id)
        && history.state(id).map(ReleaseState::mayBeChosen).orElse(false);
  }
}
