package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.HostFacts.Current;
import dev.cutover.domain.Identity;
import dev.cutover.domain.Migration;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.Run;
import dev.cutover.engine.Tools;
import dev.cutover.engine.Undoing;
import dev.cutover.step.Baselines;
import dev.cutover.step.Member;
import dev.cutover.step.MigrateStep;
import dev.cutover.step.PublishStep;
import dev.cutover.step.RunInfo;
import dev.cutover.step.Step;
import dev.cutover.step.SwitchStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an interrupted, undecided run left on one member, and how it is taken back. */
final class Interrupted {

  private final Member member;
  private final Run open;
  private final RunInfo run;
  private final Optional<ReleaseId> subject;

  Interrupted(Member member, Run open, DeployRequest request) {
    this.member = member;
    this.open = open;
    this.subject = open.subject().or(() -> open.switchedTo().flatMap(member.layout()::releaseAt));
    ReleaseId id = subject.orElse(new ReleaseId("none"));
    Identity identity =
        member
            .history()
            .description(id)
            .map(known -> new Identity(request.project().name(), known.version(), known.revision()))
            .orElse(new Identity(request.project().name(), "", ""));
    this.run =
        new RunInfo(
            open.started().runId(),
            open.started().goal(),
            id,
            identity,
            request.spec(),
            request.directory());
  }

  /** What it made; a rollback makes nothing. */
  Optional<ReleaseId> left() {
    return open.started().goal() == Goal.ROLLBACK ? Optional.empty() : subject;
  }

  /** The migrations it touched that this configuration does not know: their changes stay. */
  List<String> unknownMigrations() {
    return open.migrations().stream()
        .filter(step -> !step.undone())
        .map(Run.MigrationStep::migration)
        .filter(id -> migration(id).isEmpty())
        .toList();
  }

  /**
   * Takes it back: {@code current}, migrations, files, in the order a revert does.
   *
   * @throws dev.cutover.error.CutoverException when something could not be taken back
   */
  void takeBack(Tools tools) {
    if (subject.isEmpty()) {
      return;
    }
    List<Step> begun = new ArrayList<>();
    List<Step> completed = new ArrayList<>();
    if (left().isPresent()) {
      begun.add(new PublishStep(run, false));
    }
    for (Run.MigrationStep touched : open.migrations()) {
      if (touched.undone()) {
        continue;
      }
      migration(touched.migration())
          .map(migration -> new MigrateStep(run, migration))
          .ifPresent(
              step -> {
                begun.add(step);
                if (touched.direction() == Direction.UP && touched.exitStatus().isPresent()) {
                  completed.add(step);
                }
              });
    }
    // A switch that was put back already may lack the restart and the health check that belong to
    // it.
    if (switched()) {
      begun.add(new SwitchStep(run, new Baselines(baseline())));
    }
    new Undoing(tools, run, begun, completed)
        .on(atItsBeginning(), "its run was interrupted", switched());
  }

  private boolean switched() {
    return !open.switches().isEmpty() || !member.from().equals(open.started().from());
  }

  private Map<String, Health> baseline() {
    return open.baseline()
        .map(health -> Map.of(member.name(), health))
        .orElse(Map.<String, Health>of());
  }

  private Optional<Migration> migration(String id) {
    return run.spec().migrations().stream()
        .filter(migration -> migration.id().equals(id))
        .findFirst();
  }

  /** The member with FROM as the interrupted run saw it. */
  private Member atItsBeginning() {
    Optional<RemotePath> from = open.started().from();
    return member.with(
        member.facts().with(from.<Current>map(Current.Live::new).orElseGet(Current.Absent::new)));
  }
}
