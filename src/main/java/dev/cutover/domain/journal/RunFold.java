package dev.cutover.domain.journal;

import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry.Based;
import dev.cutover.domain.journal.JournalEntry.Baseline;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.RunEnded;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.JournalEntry.StepBegan;
import dev.cutover.domain.journal.JournalEntry.StepUndone;
import dev.cutover.domain.journal.JournalEntry.Switched;
import dev.cutover.domain.journal.JournalEntry.Switching;
import dev.cutover.domain.journal.JournalEntry.WatchdogActed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Gathers the records of one run. */
final class RunFold {

  private final Journal.Line line;
  private final RunStarted started;
  private final List<Switching> intents = new ArrayList<>();
  private final List<Switched> switches = new ArrayList<>();
  private final Set<String> begun = new LinkedHashSet<>();
  private final MigrationFold migrations = new MigrationFold();
  private Optional<RemotePath> from;
  private Optional<Health> baseline = Optional.empty();
  private Optional<ReleaseId> subject = Optional.empty();
  private Optional<Committed> commit = Optional.empty();
  private Optional<Outcome> end = Optional.empty();
  private OptionalLong endedBy = OptionalLong.empty();
  private boolean watchdog;

  RunFold(Journal.Line line, RunStarted started) {
    this.line = line;
    this.started = started;
    this.from = started.from();
  }

  void add(long seq, JournalEntry entry) {
    if (entry instanceof StateChanged changed) {
      subject(changed);
    } else if (entry instanceof Based based) {
      from = based.from();
    } else if (entry instanceof Switching switching) {
      intents.add(switching);
    } else if (entry instanceof Switched switched) {
      switches.add(switched);
    } else if (entry instanceof Baseline known) {
      baseline = Optional.of(known.health());
    } else if (entry instanceof StepBegan step) {
      begun.add(step.step());
    } else if (entry instanceof StepUndone step) {
      begun.remove(step.step());
    } else if (entry instanceof WatchdogActed) {
      watchdog = true;
    } else if (entry instanceof Committed committed) {
      commit = Optional.of(committed);
    } else if (entry instanceof RunEnded ended) {
      end = Optional.of(ended.outcome());
      endedBy = OptionalLong.of(seq);
    } else {
      migrations.add(entry);
    }
  }

  private void subject(StateChanged changed) {
    if (changed.state() == ReleaseState.STAGED
        || changed.state() == ReleaseState.LIVE
        || changed.state() == ReleaseState.SEALED) {
      subject = Optional.of(changed.id());
    }
  }

  Run done() {
    return new Run(
        line.at(),
        line.seq(),
        started,
        from,
        subject,
        baseline,
        intents,
        switches,
        List.copyOf(begun),
        migrations.done(),
        watchdog,
        commit,
        end,
        endedBy);
  }
}
