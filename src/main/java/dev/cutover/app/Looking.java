package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.HistoryLine;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.JournalEntry.Described;
import dev.cutover.domain.journal.Run;
import dev.cutover.event.DeployEvent;
import dev.cutover.health.HealthVerdict;
import dev.cutover.step.Questions;
import dev.cutover.transport.Differences;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostQuery;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The goals that only look. They take no lock; all hosts are looked at side by side, and one that
 * is out of reach does not hide what the others say.
 */
final class Looking {

  private final Wiring wiring;
  private final DeployRequest request;
  private final Reporting reporting;
  private final List<DeployEvent> told = new ArrayList<>();
  private Optional<String> twin = Optional.empty();

  /** What is seen of one host, told when it is its turn. */
  private Looking(Wiring wiring, DeployRequest request, Reporting reporting) {
    this.wiring = wiring;
    this.request = request;
    this.reporting = reporting;
  }

  Looking(Wiring wiring, DeployRequest request, Goal goal) {
    this(wiring, request, new Reporting(wiring, request, goal));
  }

  /** Looks at one host. */
  @FunctionalInterface
  interface Look {
    /** Tells what it saw and returns its line of the report. */
    HostState at(Looking looking, String name, Host host, HostFacts facts);
  }

  /** Looks at every host; what {@code faults} says of the states ends the goal otherwise. */
  OutcomeReport each(Look look, Faults faults) {
    reporting.started();
    try (Sights sights = Sights.of(wiring, request)) {
      Twins twins = new Twins();
      List<Looking> lookings = new ArrayList<>();
      for (Sights.Sight sight : sights.all()) {
        Looking here = new Looking(wiring, request, reporting);
        here.twin = sight.facts().flatMap(facts -> twins.problem(sight.target().url(), facts));
        lookings.add(here);
      }
      List<Sights.Seen> seen =
          sights.each(
              (index, ship, facts) ->
                  look.at(lookings.get(index), ship.name(), ship.host(), facts));
      lookings.forEach(here -> here.told.forEach(wiring.tools().listener()::on));
      return reporting.ended(reporting.looked(seen, faults));
    }
  }

  /** How a goal that finds fault ends. */
  enum Faults {
    /** It only tells. */
    NONE,
    /** Problems: exit 1. */
    PROBLEMS,
    /** Drift: exit 1. */
    DRIFT
  }

  HostState status(String name, Host host, HostFacts facts) {
    HostHistory history = HostHistory.of(facts.journal());
    HealthVerdict verdict =
        facts
            .current()
            .live()
            .filter(live -> !request.spec().health().checks().isEmpty())
            .map(
                live ->
                    wiring
                        .tools()
                        .probe()
                        .once(
                            host,
                            Questions.about(request.spec(), facts.layout(), history, live),
                            (check, attempt, healthy, detail) -> {}))
            .orElse(new HealthVerdict(Health.UNKNOWN, "", 0));
    tell(
        new DeployEvent.StatusRead(
            new StatusOf(name, facts, request.goalCommand())
                .status(
                    verdict, new MigrationChecks(request.spec()).ask(host, facts, isFirst(host)))));
    return Reporting.state(name, facts, verdict.health(), verdict.detail());
  }

  private boolean isFirst(Host host) {
    return host.target().equals(request.targets().get(0));
  }

  HostState history(String name, Host host, HostFacts facts) {
    HostHistory history = HostHistory.of(facts.journal());
    List<HistoryLine> lines =
        history.runs().stream().map(run -> line(run, facts, history)).toList();
    tell(new DeployEvent.HistoryRead(name, lines));
    return Reporting.state(name, facts, Health.UNKNOWN, "");
  }

  private static HistoryLine line(Run run, HostFacts facts, HostHistory history) {
    Optional<ReleaseId> to =
        run.subject().or(() -> run.switchedTo().flatMap(facts.layout()::releaseAt));
    return new HistoryLine(
        run.at(),
        run.started().owner(),
        run.started().goal().word(),
        run.from()
            .map(from -> facts.layout().releaseAt(from).map(ReleaseId::value).orElse(from.value())),
        to.map(ReleaseId::value),
        to.flatMap(history::description).map(Described::version).orElse(""),
        run.end());
  }

  HostState check(String name, Host host, HostFacts facts) {
    List<String> problems = new ArrayList<>(Preflight.problems(facts, Optional.empty()));
    List<String> notes = new ArrayList<>();
    twin.ifPresent(problems::add);
    problems.addAll(wiring.checkable().problems(request.spec().health(), host, facts.layout()));
    boolean sudo =
        request.spec().restart().map(restart -> restart.run().contains("sudo")).orElse(false);
    OpResult probed = host.query(facts.layout(), new HostQuery.Probe(sudo), OpListener.SILENT);
    new TreeMap<>(probed.values())
        .forEach(
            (key, value) -> {
              if (key.startsWith("problem.")) {
                problems.add(value);
              } else if (key.startsWith("note.")) {
                notes.add(value);
              }
            });
    if (!probed.ok() && problems.isEmpty()) {
      problems.add(probed.message().strip());
    }
    if (sudo && probed.value("sudo").equals("no")) {
      problems.add(
          "sudo -n asks for a password: allow the restart command in sudoers with NOPASSWD");
    }
    facts.lock().ifPresent(lock -> notes.add("the lock is held by " + Locks.words(lock)));
    tell(new DeployEvent.Checked(name, problems, notes));
    return Reporting.state(
        name, facts, Health.UNKNOWN, problems.isEmpty() ? "" : String.join("; ", problems));
  }

  /** Compares the live release, or the one that was asked for, with its manifest. */
  HostState verify(String name, Host host, HostFacts facts) {
    Optional<ReleaseId> id =
        request.releaseId().or(() -> facts.current().live().flatMap(facts.layout()::releaseAt));
    if (id.isEmpty()) {
      throw new Refusal(name + ": no release of ours is live", request.goalCommand() + "status");
    }
    OpResult drift = host.query(facts.layout(), new HostQuery.Drift(id.get()), OpListener.SILENT);
    if (!drift.ok()) {
      throw new Refusal(
          "%s: release %s cannot be verified: %s"
              .formatted(name, id.get(), drift.message().strip()),
          request.goalCommand() + "status");
    }
    Differences found = Differences.of(drift);
    tell(
        new DeployEvent.DriftRead(
            name, id.get().value(), found.changed(), found.missing(), found.added()));
    return Reporting.state(
        name, facts, Health.UNKNOWN, found.count() == 0 ? "" : found.count() + " files drifted");
  }

  private void tell(DeployEvent event) {
    told.add(event);
  }
}
