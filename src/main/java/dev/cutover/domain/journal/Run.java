package dev.cutover.domain.journal;

import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.domain.journal.JournalEntry.Switched;
import dev.cutover.domain.journal.JournalEntry.Switching;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One run as a host's journal tells it.
 *
 * @param seq of its token
 * @param from FROM: what was live when it began, or once it had settled what another run left
 * @param subject the release it staged or made live, as far as it got
 * @param intents the switches it was about to make, each recorded before it was made
 * @param switches those that were made, in the order they happened
 * @param begun the steps with something to take back that began and were not undone
 * @param migrations what became of those it touched, the last touched last
 * @param watchdog whether the watchdog on the host put back what was live before
 * @param end how it ended; empty: it was interrupted or is still going on
 * @param endedBy the sequence number of the run that wrote its end: its own, or that of one which
 *     settled it
 */
public record Run(
    Instant at,
    long seq,
    RunStarted started,
    Optional<RemotePath> from,
    Optional<ReleaseId> subject,
    Optional<Health> baseline,
    List<Switching> intents,
    List<Switched> switches,
    List<String> begun,
    List<KnownMigration> migrations,
    boolean watchdog,
    Optional<Committed> commit,
    Optional<Outcome> end,
    OptionalLong endedBy) {

  public Run {
    intents = List.copyOf(intents);
    switches = List.copyOf(switches);
    begun = List.copyOf(begun);
    migrations = List.copyOf(migrations);
  }

  /** Whether {@code current} was switched, or may have been. */
  public boolean maySwitch() {
    return !intents.isEmpty() || !switches.isEmpty();
  }

  /** Whether it came to its end as it was meant to, here or, at least, elsewhere. */
  public boolean endedForward() {
    return end.filter(
            how ->
                switch (how) {
                  case RELEASED, STAGED, ROLLED_BACK, RESTORED, RECOVERED, PRUNED, MIXED -> true;
                  case IN_DOUBT, OUTCOME_UNKNOWN -> commit.isPresent();
                  case NOTHING_CHANGED, REVERTED, REVERT_FAILED, DRIFTED -> false;
                })
        .isPresent();
  }

  /** Whether it ended without having decided, or after its decision was taken back. */
  public boolean takenBack() {
    return end.isPresent() && !endedForward();
  }

  /** Where the first switch leads, whether it was made or not: a rollback's release. */
  public Optional<RemotePath> headedFor() {
    return intents.isEmpty() ? switchedTo() : intents.get(0).to();
  }

  /** Where the last switch led. */
  public Optional<RemotePath> switchedTo() {
    return switches.isEmpty() ? Optional.empty() : switches.get(switches.size() - 1).to();
  }
}
