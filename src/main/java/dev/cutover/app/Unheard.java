package dev.cutover.app;

import dev.cutover.domain.Migration;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry.MigrationIntent;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.KnownMigration.State;
import dev.cutover.domain.journal.Run;
import dev.cutover.step.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A command of a migration that was started on a host nobody can ask any more: it may still be at
 * work on the database that all share. Its host ends it at its timeout, whatever becomes of us.
 */
final class Unheard {

  /** For clocks that differ, and for a command to be ended. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private Unheard() {}

  /** Why an interrupted run cannot be settled yet. */
  static Optional<Refusal> mayStillRun(String open, List<Member> members, DeployRequest request) {
    return new Lead(open, members)
        .marked().stream()
            .filter(Member::coordinator)
            .flatMap(
                leader ->
                    leader.history().run(open).filter(run -> run.end().isEmpty()).stream()
                        .flatMap(run -> mayStillRun(leader, run, request).stream()))
            .findFirst();
  }

  private static Optional<Refusal> mayStillRun(Member leader, Run run, DeployRequest request) {
    List<String> gone = Absent.of(run, request.targets());
    if (!gone.contains(run.started().members().get(0))) {
      return Optional.empty();
    }
    MigrationsAtStake databases = new MigrationsAtStake(request);
    for (KnownMigration known : run.migrations()) {
      Optional<Instant> until =
          databases
              .configured(known.migration())
              .filter(migration -> databases.isShared(migration.id()))
              .filter(migration -> known.state() == State.STARTED)
              .flatMap(migration -> end(leader, known, migration));
      if (until.filter(end -> leader.facts().clock().isBefore(end)).isPresent()) {
        return Optional.of(
            new Refusal(
                "migration %s of release %s was started on %s, which is not among the targets now, and may still run there until %s: what it left is not touched before"
                    .formatted(
                        known.migration(),
                        known.release(),
                        run.started().members().get(0),
                        until.get()),
                "name that host among the targets again, or wait until then; then the same goal again"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> end(Member leader, KnownMigration known, Migration migration) {
    Duration down = migration.down().map(command -> command.timeout()).orElse(Duration.ZERO);
    Duration up = migration.up().timeout();
    Duration longest = up.compareTo(down) > 0 ? up : down;
    return leader.facts().journal().lines().stream()
        .filter(
            line ->
                line.entry() instanceof MigrationIntent intent
                    && intent.id().equals(known.release())
                    && intent.migration().equals(known.migration()))
        .map(Journal.Line::at)
        .reduce((earlier, later) -> later)
        .map(at -> at.plus(longest).plus(GRACE));
  }
}
