package dev.cutover.domain.journal;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry.BackedUp;
import dev.cutover.domain.journal.JournalEntry.Based;
import dev.cutover.domain.journal.JournalEntry.Baseline;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.Described;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.JournalEntry.MigrationIntent;
import dev.cutover.domain.journal.JournalEntry.MigrationJudged;
import dev.cutover.domain.journal.JournalEntry.MigrationResult;
import dev.cutover.domain.journal.JournalEntry.RunEnded;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.JournalEntry.StepBegan;
import dev.cutover.domain.journal.JournalEntry.StepUndone;
import dev.cutover.domain.journal.JournalEntry.Stopped;
import dev.cutover.domain.journal.JournalEntry.Switched;
import dev.cutover.domain.journal.JournalEntry.Switching;
import dev.cutover.domain.journal.JournalEntry.Verdict;
import dev.cutover.domain.journal.JournalEntry.WatchdogActed;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One kind of entry in the journal: its word there, and both directions.
 *
 * @param type the entry's class
 * @param word how the journal calls it; the host scripts know some of these words
 */
record EntryCodec<E extends JournalEntry>(
    Class<E> type, String word, Function<E, Fields> write, Function<Fields, E> read) {

  /** How a run decides whose COMMIT stands on every member before anybody is told. */
  private static final String ON_ALL = "on-all";

  static final List<EntryCodec<?>> ALL =
      List.of(
          new EntryCodec<>(
              RunStarted.class,
              "run-started",
              e ->
                  run(e.runId())
                      .with("goal", e.goal())
                      .with("owner", e.owner())
                      .with("members", e.members())
                      .with("decides", Optional.of(ON_ALL).filter(word -> e.onAll()))
                      .with("from", e.from()),
              f ->
                  new RunStarted(
                      f.get("run"),
                      Goal.valueOf(f.get("goal")),
                      f.get("owner"),
                      f.optional("from").map(RemotePath::new),
                      f.list("members"),
                      f.optional("decides").filter(ON_ALL::equals).isPresent())),
          new EntryCodec<>(
              Baseline.class,
              "baseline",
              e -> run(e.runId()).with("health", e.health()),
              f -> new Baseline(f.get("run"), Health.valueOf(f.get("health")))),
          new EntryCodec<>(
              Described.class,
              "described",
              e ->
                  new Fields()
                      .with("id", e.id())
                      .with("version", e.version())
                      .with("revision", e.revision())
                      .with("manifest", e.manifest())
                      .with("configuration", e.configuration()),
              f ->
                  new Described(
                      id(f),
                      f.get("version"),
                      f.get("revision"),
                      f.get("manifest"),
                      f.get("configuration"))),
          new EntryCodec<>(
              StateChanged.class,
              "state",
              e -> run(e.runId()).with("id", e.id()).with("state", e.state()).with("why", e.why()),
              f ->
                  new StateChanged(
                      f.get("run"), id(f), ReleaseState.valueOf(f.get("state")), f.get("why"))),
          new EntryCodec<>(
              Based.class,
              "based",
              e -> run(e.runId()).with("from", e.from()),
              f -> new Based(f.get("run"), f.optional("from").map(RemotePath::new))),
          new EntryCodec<>(
              Switching.class,
              "switching",
              e -> run(e.runId()).with("from", e.from()).with("to", e.to()),
              f ->
                  new Switching(
                      f.get("run"),
                      f.optional("from").map(RemotePath::new),
                      f.optional("to").map(RemotePath::new))),
          new EntryCodec<>(
              StepBegan.class,
              "step-began",
              e -> run(e.runId()).with("step", e.step()),
              f -> new StepBegan(f.get("run"), f.get("step"))),
          new EntryCodec<>(
              StepUndone.class,
              "step-undone",
              e -> run(e.runId()).with("step", e.step()),
              f -> new StepUndone(f.get("run"), f.get("step"))),
          new EntryCodec<>(
              WatchdogActed.class,
              "watchdog",
              e -> run(e.runId()),
              f -> new WatchdogActed(f.get("run"))),
          new EntryCodec<>(
              Stopped.class,
              "stopped",
              e -> run(e.runId()).with("signal", e.signal()),
              f -> new Stopped(f.get("run"), f.get("signal"))),
          new EntryCodec<>(
              Switched.class,
              "switched",
              e -> run(e.runId()).with("from", e.from()).with("to", e.to()),
              f ->
                  new Switched(
                      f.get("run"),
                      f.optional("from").map(RemotePath::new),
                      f.optional("to").map(RemotePath::new))),
          new EntryCodec<>(
              MigrationIntent.class,
              "migration-intent",
              e ->
                  run(e.runId())
                      .with("id", e.id())
                      .with("migration", e.migration())
                      .with("direction", e.direction())
                      .with("from", e.from()),
              f ->
                  new MigrationIntent(
                      f.get("run"), id(f), f.get("migration"), direction(f), f.optional("from"))),
          new EntryCodec<>(
              MigrationResult.class,
              "migration-result",
              e ->
                  run(e.runId())
                      .with("id", e.id())
                      .with("migration", e.migration())
                      .with("direction", e.direction())
                      .with("status", e.exitStatus())
                      .with("version", e.version()),
              f ->
                  new MigrationResult(
                      f.get("run"),
                      id(f),
                      f.get("migration"),
                      direction(f),
                      Integer.parseInt(f.get("status")),
                      f.optional("version"))),
          new EntryCodec<>(
              MigrationJudged.class,
              "migration-judged",
              e ->
                  run(e.runId())
                      .with("id", e.id())
                      .with("migration", e.migration())
                      .with("verdict", e.verdict())
                      .with("why", e.why()),
              f ->
                  new MigrationJudged(
                      f.get("run"),
                      id(f),
                      f.get("migration"),
                      Verdict.valueOf(f.get("verdict")),
                      f.get("why"))),
          new EntryCodec<>(
              BackedUp.class,
              "backed-up",
              e -> run(e.runId()).with("id", e.id()).with("migration", e.migration()),
              f -> new BackedUp(f.get("run"), id(f), f.get("migration"))),
          new EntryCodec<>(
              Committed.class,
              "committed",
              e -> run(e.runId()).with("id", e.id()),
              f -> new Committed(f.get("run"), f.optional("id").map(ReleaseId::new))),
          new EntryCodec<>(
              RunEnded.class,
              "run-ended",
              e -> run(e.runId()).with("outcome", e.outcome()),
              f -> new RunEnded(f.get("run"), Outcome.valueOf(f.get("outcome")))));

  String body(JournalEntry entry) {
    return word + write.apply(type.cast(entry));
  }

  private static Fields run(String runId) {
    return new Fields().with("run", runId);
  }

  private static ReleaseId id(Fields fields) {
    return new ReleaseId(fields.get("id"));
  }

  private static Direction direction(Fields fields) {
    return Direction.valueOf(fields.get("direction"));
  }
}
