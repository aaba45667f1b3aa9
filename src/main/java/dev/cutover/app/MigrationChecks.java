package dev.cutover.app;

import dev.cutover.domain.Command;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Migration;
import dev.cutover.domain.ReleaseSpec;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.KnownMigration.State;
import dev.cutover.step.Questions;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.HostQuery;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks each migration's {@code check} how its database really stands, from the live release. */
final class MigrationChecks {

  private final ReleaseSpec spec;

  MigrationChecks(ReleaseSpec spec) {
    this.spec = spec;
  }

  /** What the checks say, by migration; nothing of one that runs just now, or elsewhere. */
  Map<String, String> ask(Host host, HostFacts facts, boolean first) {
    Map<String, String> said = new LinkedHashMap<>();
    Optional<RemotePath> live = facts.current().live();
    HostHistory history = HostHistory.of(facts.journal());
    for (Migration migration : spec.migrations()) {
      boolean here = migration.on() == Where.ALL || (migration.on() == Where.FIRST && first);
      boolean running =
          history.migrations().stream()
              .anyMatch(
                  known ->
                      known.migration().equals(migration.id()) && known.state() == State.STARTED);
      if (here && !running && live.isPresent() && migration.check().isPresent()) {
        said.put(
            migration.id(),
            "; the check of the live release says: "
                + ask(host, facts, history, live.get(), migration, migration.check().get()));
      }
    }
    return said;
  }

  private static String ask(
      Host host,
      HostFacts facts,
      HostHistory history,
      RemotePath live,
      Migration migration,
      Command check) {
    Map<String, String> environment =
        new HashMap<>(Questions.environment(facts.layout(), history, live));
    environment.put("MIGRATION_ID", migration.id());
    environment.put(
        "MIGRATION_FROM",
        facts
            .layout()
            .releaseAt(live)
            .flatMap(id -> history.migration(id, migration.id()))
            .flatMap(KnownMigration::from)
            .orElse(""));
    OpResult result =
        host.query(
            facts.layout(),
            new HostQuery.RunCheck(
                new HostOp.CommandRun(
                    "check-migration-" + migration.id(),
                    check.run(),
                    live,
                    environment,
                    Math.max(1, check.timeout().toSeconds()),
                    Optional.empty())),
            OpListener.SILENT);
    return switch (result.status()) {
      case 0 -> "applied";
      case 1 -> "not applied";
      case 2 -> "partly applied";
      case OpResult.TIMED_OUT -> "cannot be told (it did not end)";
      default -> "cannot be told (exit " + result.status() + ")";
    };
  }
}
