package dev.cutover.domain.journal;

import dev.cutover.domain.Goal;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry.Described;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.KnownMigration.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a journal's records amount to: the state of each release, the runs, the migrations.
 *
 * @param releases in the order the journal first names them
 * @param runs oldest first
 * @param migrations of all releases, in the order they were last touched
 */
public record HostHistory(
    Map<ReleaseId, KnownRelease> releases, List<Run> runs, List<KnownMigration> migrations) {

  public HostHistory {
    releases = Map.copyOf(releases);
    runs = List.copyOf(runs);
    migrations = List.copyOf(migrations);
  }

  /** What became of a migration of a release. */
  public Optional<KnownMigration> migration(ReleaseId release, String id) {
    return migrations.stream()
        .filter(known -> known.release().equals(release) && known.migration().equals(id))
        .findFirst();
  }

  /** The migrations whose databases a person must look at, each once. */
  public List<KnownMigration> dirty() {
    return migrations.stream().filter(known -> known.state() == State.DIRTY).toList();
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
    return allUnfinished(ownRunId).stream().findFirst();
  }

  /** Every run without an end other than {@code ownRunId}, the newest first. */
  public List<Run> allUnfinished(String ownRunId) {
    List<Run> open =
        new ArrayList<>(
            runs.stream()
                .filter(run -> run.end().isEmpty() && !run.started().runId().equals(ownRunId))
                .toList());
    Collections.reverse(open);
    return List.copyOf(open);
  }

  /** The run with this id. */
  public Optional<Run> run(String runId) {
    return runs.stream().filter(run -> run.started().runId().equals(runId)).findFirst();
  }

  /** The runs that {@code run} settled: it wrote their ends. */
  public List<Run> settledBy(Run run) {
    return runs.stream()
        .filter(other -> other.seq() != run.seq())
        .filter(other -> other.endedBy().equals(OptionalLong.of(run.seq())))
        .toList();
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
        .flatMap(Run::from)
        .filter(from -> !from.equals(live));
  }

  /** Folds the records of a journal. */
  public static HostHistory of(Journal journal) {
    Fold fold = new Fold();
    journal.lines().forEach(fold::add);
    MigrationFold migrations = new MigrationFold();
    journal.lines().forEach(line -> migrations.add(line.entry()));
    return new HostHistory(
        fold.releases, fold.runs.values().stream().map(RunFold::done).toList(), migrations.done());
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
        run(changed.runId()).ifPresent(run -> run.add(line.seq(), changed));
      } else {
        entry.run().flatMap(this::run).ifPresent(run -> run.add(line.seq(), entry));
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
}
