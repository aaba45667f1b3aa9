package dev.cutover.app;

import dev.cutover.domain.Health;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.HostStatus;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.JournalEntry.Described;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.Run;
import dev.cutover.health.HealthVerdict;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Folds a host's facts into what {@code deploy:status} tells. */
final class StatusOf {

  private final String name;
  private final HostFacts facts;
  private final HostHistory history;
  private final String command;

  StatusOf(String name, HostFacts facts, String command) {
    this.name = name;
    this.facts = facts;
    this.history = HostHistory.of(facts.journal());
    this.command = command;
  }

  HostStatus status(HealthVerdict verdict) {
    Optional<ReleaseId> live = facts.current().live().flatMap(facts.layout()::releaseAt);
    Optional<Described> known = live.flatMap(history::description);
    return new HostStatus(
        name,
        facts.layout().root(),
        live.map(ReleaseId::value).or(() -> facts.current().live().map(Object::toString)),
        known.map(Described::version).orElse(""),
        known.map(Described::revision).orElse(""),
        verdict.health(),
        verdict.health() == Health.SICK ? verdict.detail() : "",
        facts.lock().map(this::lock),
        history.unfinished(ownRun()).map(this::unfinished),
        releases(live),
        migrations(),
        facts.freeBytes(),
        facts.freeInodes());
  }

  /** A run whose holder is alive is going on, not left unfinished. */
  private String ownRun() {
    return facts.holderAlive()
        ? facts.lock().flatMap(LockToken::parse).map(LockToken::runId).orElse("")
        : "";
  }

  private HostStatus.Lock lock(String text) {
    Optional<LockToken> token = LockToken.parse(text);
    return new HostStatus.Lock(
        token.map(LockToken::owner).orElse(text),
        token.map(LockToken::goal).orElse(""),
        token.map(LockToken::since),
        facts.holderAlive());
  }

  private HostStatus.Unfinished unfinished(Run run) {
    String goal = run.started().goal().word();
    return new HostStatus.Unfinished(goal, run.started().owner(), run.at(), command + goal);
  }

  private List<HostStatus.Release> releases(Optional<ReleaseId> live) {
    return history.releases().values().stream()
        .sorted(Comparator.comparing(HostHistory.KnownRelease::id).reversed())
        .map(
            known ->
                new HostStatus.Release(
                    known.id(),
                    known.state(),
                    known.description().map(Described::version).orElse(""),
                    known.description().map(Described::revision).orElse(""),
                    live.equals(Optional.of(known.id()))))
        .toList();
  }

  /** Each migration as the journal last saw it. */
  private List<MigrationState> migrations() {
    Map<String, MigrationState> last = new LinkedHashMap<>();
    for (Run run : history.runs()) {
      for (Run.MigrationStep step : run.migrations()) {
        last.put(step.migration(), new MigrationState(step.migration(), words(step)));
      }
    }
    return List.copyOf(last.values());
  }

  private static String words(Run.MigrationStep step) {
    if (!step.exitStatus().equals(Optional.of(0))) {
      return "in doubt";
    }
    return (step.direction() == Direction.UP ? "applied with " : "undone with ") + step.release();
  }
}
