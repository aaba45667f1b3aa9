package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.HostStatus;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.JournalEntry.Described;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.Run;
import dev.cutover.health.HealthVerdict;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Folds a host's facts into what {@code deploy:status} tells. */
final class StatusOf {

  /** How many failed releases are named: as many as are kept to look at. */
  private static final int FAILED = 2;

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

  HostStatus status(HealthVerdict verdict, Map<String, String> checks) {
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
        migrations(checks),
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
    String settle = command + Goal.RECOVER.word();
    return new HostStatus.Unfinished(goal, run.started().owner(), run.at(), run.watchdog(), settle);
  }

  private List<HostStatus.Release> releases(Optional<ReleaseId> live) {
    return history.releases().values().stream()
        .filter(known -> matters(known, live))
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

  /** What is there, and what failed last; not every release there ever was. */
  private boolean matters(HostHistory.KnownRelease known, Optional<ReleaseId> live) {
    return facts.releases().contains(known.id())
        || facts.staged().contains(known.id())
        || live.equals(Optional.of(known.id()))
        || Stream.of(ReleaseState.FAILED, ReleaseState.REVERTED)
            .flatMap(state -> history.in(state).stream())
            .sorted(Comparator.reverseOrder())
            .limit(FAILED)
            .anyMatch(known.id()::equals);
  }

  /** Each migration as the journal last saw it, and as its check sees it now. */
  private List<MigrationState> migrations(Map<String, String> checks) {
    Map<String, String> last = new LinkedHashMap<>();
    for (KnownMigration known : history.migrations()) {
      last.put(known.migration(), words(known));
    }
    checks.forEach(
        (id, said) -> last.merge(id, "never run here" + said, (words, none) -> words + said));
    // What is dirty stays so, whatever a later release did.
    for (KnownMigration known : history.dirty()) {
      last.put(known.migration(), words(known) + checks.getOrDefault(known.migration(), ""));
    }
    return last.entrySet().stream()
        .map(entry -> new MigrationState(entry.getKey(), entry.getValue()))
        .toList();
  }

  private String words(KnownMigration known) {
    String command = known.direction().name().toLowerCase(Locale.ROOT) + " of " + known.release();
    return switch (known.state()) {
      case STARTED ->
          facts.holderAlive()
              ? "running: " + command
              : "in doubt: " + command + " was started, and its end is not recorded";
      case FAILED -> "in doubt: " + command + " failed";
      case APPLIED ->
          (known.due() ? "to be taken back, applied with " : "applied with ")
              + known.release()
              + version(known);
      case UNDONE -> "undone with " + known.release();
      case DIRTY -> "DIRTY since " + known.release() + ": a person must look";
    };
  }

  private static String version(KnownMigration known) {
    return known
        .version()
        .flatMap(version -> version.lines().findFirst())
        .map(line -> ", version " + line)
        .orElse("");
  }
}
