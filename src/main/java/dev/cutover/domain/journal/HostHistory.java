package dev.cutover.domain.journal;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry.Baseline;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.Described;
import dev.cutover.domain.journal.JournalEntry.MigrationIntent;
import dev.cutover.domain.journal.JournalEntry.MigrationResult;
import dev.cutover.domain.journal.JournalEntry.RunEnded;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.JournalEntry.Switched;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a journal's records amount to: the state of each release, the runs, the migrations.
 *
 * @param releases in the order the journal first names them
 * @param runs oldest first
 */
public record HostHistory(Map<ReleaseId, KnownRelease> releases, List<Run> runs) {

  public HostHistory {
    releases = Map.copyOf(releases);
    runs = List.copyOf(runs);
  }

  /** A release as last recorded. */
  public record KnownRelease(
      ReleaseId id, ReleaseState state, String why, Optional<Described> description) {}

  /** The state of a release, if the journal knows it. */
  public Optional<ReleaseState> state(ReleaseId id) {
    return Optional.ofNullable(releases.get(id)).map(KnownRelease::state);
  }

  /** What a release is made of, if it was sealed by us. */
  public Optional<Described> description(ReleaseId id) {
    return Optional.ofNullable(releases.get(id)).flatMap(KnownRelease::description);
  }

  /** Every release in {@code state}, oldest id first. */
  public List<ReleaseId> in(ReleaseState state) {
    return releases.values().stream()
        .filter(known -> known.state() == state)
        .map(KnownRelease::id)
        .sorted()
        .toList();
  }

  /** The newest run without an end, other than {@code ownRunId}. */
  public Optional<Run> unfinished(String ownRunId) {
    return runs.stream()
        .filter(run -> run.end().isEmpty() && !run.started().runId().equals(ownRunId))
        .reduce((older, newer) -> newer);
  }

  /** The run with this id. */
  public Optional<Run> run(String runId) {
    return runs.stream().filter(run -> run.started().runId().equals(runId)).findFirst();
  }

  /**
   * What was live before {@code live} went live: the place its last committed release or activation
   * started from. Rollbacks do not count, so that rolling back twice goes two releases back instead
   * of forth again.
   */
  public Optional<RemotePath> liveBefore(RemotePath live) {
    return runs.stream()
        .filter(
            run -> run.started().goal() == Goal.RELEASE || run.started().goal() == Goal.ACTIVATE)
        .filter(run -> run.commit().isPresent() && run.switchedTo().equals(Optional.of(live)))
        .reduce((older, newer) -> newer)
        .flatMap(run -> run.started().from())
        .filter(from -> !from.equals(live));
  }

  /** Folds the records of a journal. */
  public static HostHistory of(Journal journal) {
    Fold fold = new Fold();
    journal.lines().forEach(fold::add);
    return new HostHistory(fold.releases, fold.runs.values().stream().map(RunFold::done).toList());
  }

  private static final class Fold {
    private final Map<ReleaseId, KnownRelease> releases = new LinkedHashMap<>();
    private final Map<String, RunFold> runs = new LinkedHashMap<>();

    void add(Journal.Line line) {
      JournalEntry entry = line.entry();
      if (entry instanceof RunStarted started) {
        runs.put(started.runId(), new RunFold(line, started));
      } else if (entry instanceof Described described) {
        describe(described);
      } else if (entry instanceof StateChanged changed) {
        change(changed);
        run(changed.runId()).ifPresent(run -> run.subject(changed));
      } else if (entry instanceof Switched switched) {
        run(switched.runId()).ifPresent(run -> run.switches.add(switched));
      } else if (entry instanceof Baseline baseline) {
        run(baseline.runId()).ifPresent(run -> run.baseline = Optional.of(baseline.health()));
      } else if (entry instanceof MigrationIntent intent) {
        run(intent.runId()).ifPresent(run -> run.intend(intent));
      } else if (entry instanceof MigrationResult result) {
        run(result.runId()).ifPresent(run -> run.conclude(result));
      } else if (entry instanceof Committed committed) {
        run(committed.runId()).ifPresent(run -> run.commit = Optional.of(committed));
      } else if (entry instanceof RunEnded ended) {
        run(ended.runId()).ifPresent(run -> run.end = Optional.of(ended.outcome()));
      }
    }

    private Optional<RunFold> run(String runId) {
      return Optional.ofNullable(runs.get(runId));
    }

    private void describe(Described described) {
      KnownRelease known = releases.get(described.id());
      releases.put(
          described.id(),
          new KnownRelease(
              described.id(),
              known == null ? ReleaseState.STAGED : known.state(),
              known == null ? "" : known.why(),
              Optional.of(described)));
    }

    private void change(StateChanged changed) {
      KnownRelease known = releases.get(changed.id());
      releases.put(
          changed.id(),
          new KnownRelease(
              changed.id(),
              changed.state(),
              changed.why(),
              known == null ? Optional.empty() : known.description()));
    }
  }

  private static final class RunFold {
    private final Journal.Line line;
    private final RunStarted started;
    private final List<Switched> switches = new ArrayList<>();
    private final Map<String, Run.MigrationStep> migrations = new LinkedHashMap<>();
    private Optional<Health> baseline = Optional.empty();
    private Optional<ReleaseId> subject = Optional.empty();
    private Optional<Committed> commit = Optional.empty();
    private Optional<Outcome> end = Optional.empty();

    RunFold(Journal.Line line, RunStarted started) {
      this.line = line;
      this.started = started;
    }

    void subject(StateChanged changed) {
      if (changed.state() == ReleaseState.STAGED
          || changed.state() == ReleaseState.LIVE
          || changed.state() == ReleaseState.SEALED) {
        subject = Optional.of(changed.id());
      }
    }

    void intend(MigrationIntent intent) {
      migrations.put(
          intent.migration(),
          new Run.MigrationStep(
              intent.id(), intent.migration(), intent.direction(), Optional.empty()));
    }

    void conclude(MigrationResult result) {
      migrations.put(
          result.migration(),
          new Run.MigrationStep(
              result.id(),
              result.migration(),
              result.direction(),
              Optional.of(result.exitStatus())));
    }

    Run done() {
      return new Run(
          line.at(),
          line.seq(),
          started,
          subject,
          baseline,
          switches,
          List.copyOf(migrations.values()),
          commit,
          end);
    }
  }
}
