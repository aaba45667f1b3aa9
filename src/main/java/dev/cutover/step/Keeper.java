package dev.cutover.step;

import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Layout;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.HostHistory;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides which releases may go: never the one that is live or about to be, nor the one before it,
 * nor the newest {@code keep} GOOD ones, nor the newest {@code keep} SEALED ones that wait, nor
 * anything the journal does not know.
 *
 * @param subject the release that is live when the pruning happens
 * @param staged the release that its run has staged by then
 */
public record Keeper(Optional<ReleaseId> subject, Optional<ReleaseId> staged, int keep) {

  public Keeper(Optional<ReleaseId> subject, int keep) {
    this(subject, Optional.empty(), keep);
  }

  /** What may be removed on a host, oldest first. */
  public List<ReleaseId> removable(HostFacts facts, HostHistory history) {
    Layout layout = facts.layout();
    Set<ReleaseId> kept = new HashSet<>();
    Optional<ReleaseId> live =
        subject.isPresent() ? subject : facts.current().live().flatMap(layout::releaseAt);
    Optional<ReleaseId> before =
        subject.isPresent() ? facts.current().live().flatMap(layout::releaseAt) : Optional.empty();
    live.ifPresent(kept::add);
    before.ifPresent(kept::add);
    live.map(layout::release)
        .flatMap(history::liveBefore)
        .flatMap(layout::releaseAt)
        .ifPresent(kept::add);
    List<ReleaseId> good =
        Stream.concat(
                live.stream(),
                history.in(ReleaseState.GOOD).stream().filter(facts.releases()::contains))
            .filter(id -> ours(id, history) || live.equals(Optional.of(id)))
            .distinct()
            .sorted(Comparator.reverseOrder())
            .limit(keep)
            .toList();
    kept.addAll(good);
    Stream<ReleaseId> tooMany =
        facts.releases().stream()
            .filter(id -> history.state(id).map(state -> mayGo(id, state, good)).orElse(false))
            .filter(id -> !waitsOrIsOpen(id, facts, history));
    return Stream.of(tooMany, waiting(facts, history), vanished(facts, history))
        .flatMap(releases -> releases)
        .filter(id -> !kept.contains(id) && ours(id, history))
        .sorted()
        .toList();
  }

  /**
   * Of a SEALED one that stands among the releases it depends on its run whether it is left over.
   */
  private static boolean waitsOrIsOpen(ReleaseId id, HostFacts facts, HostHistory history) {
    return history.state(id).equals(Optional.of(ReleaseState.SEALED))
        && (facts.staged().contains(id)
            || history.allUnfinished("").stream()
                .anyMatch(run -> run.subject().equals(Optional.of(id))));
  }

  /** The older ones of those that wait to be activated. */
  private Stream<ReleaseId> waiting(HostFacts facts, HostHistory history) {
    return Stream.concat(
            staged.stream(),
            history.in(ReleaseState.SEALED).stream()
                .filter(facts.staged()::contains)
                .filter(id -> !subject.equals(Optional.of(id))))
        .sorted(Comparator.reverseOrder())
        .skip(keep);
  }

  /**
   * Releases that somebody else removed, or a run that was cut off: what belongs to them goes, and
   * the journal learns it.
   */
  private static Stream<ReleaseId> vanished(HostFacts facts, HostHistory history) {
    return Stream.of(ReleaseState.GOOD, ReleaseState.WITHDRAWN, ReleaseState.SEALED)
        .flatMap(state -> history.in(state).stream())
        .filter(id -> !facts.releases().contains(id) && !facts.staged().contains(id));
  }

  /** Whether we made it: another tool's stays that tool's to remove, whatever became of it. */
  private static boolean ours(ReleaseId id, HostHistory history) {
    return history.description(id).isPresent();
  }

  /**
   * ADOPTED releases are another tool's to remove; a LIVE one belongs to a run in doubt; a
   * WITHDRAWN one can still be asked for by its id, and of a SEALED one, whose revert ended half
   * way, a migration may be left that only its files take back: those go when everything that is
   * kept is newer.
   */
  private static boolean mayGo(ReleaseId id, ReleaseState state, List<ReleaseId> good) {
    return switch (state) {
      case GOOD, FAILED, REVERTED -> true;
      case WITHDRAWN, SEALED -> good.stream().allMatch(kept -> kept.compareTo(id) > 0);
      default -> false;
    };
  }
}
