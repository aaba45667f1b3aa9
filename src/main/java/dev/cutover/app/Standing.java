package dev.cutover.app;

import dev.cutover.domain.Health;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.RemotePath;
import dev.cutover.engine.Ending;
import dev.cutover.engine.Reading;
import dev.cutover.plan.Plan;
import dev.cutover.step.Member;
import java.util.List;
import java.util.Optional;

/**
 * What stands on the hosts after a run, as they say themselves, and what that makes of its outcome.
 * It never becomes better by being read.
 */
record Standing(Plan plan, Ending ending, List<Reading> readings) {

  Standing {
    readings = List.copyOf(readings);
  }

  /** How the run ended. */
  Outcome outcome() {
    if (ending.decided() != Ending.Decided.YES || ending.outcome() == Outcome.IN_DOUBT) {
      return ending.outcome();
    }
    if (readings.stream().anyMatch(this::isElsewhere)) {
      // One host alone differs from nothing: somebody else took over what was decided.
      return readings.size() == 1 ? Outcome.OUTCOME_UNKNOWN : Outcome.MIXED;
    }
    boolean unread = readings.stream().anyMatch(reading -> reading.facts().isEmpty());
    return unread || ending.outcome() == Outcome.MIXED ? Outcome.OUTCOME_UNKNOWN : ending.outcome();
  }

  /** What went wrong; what a host was found on is told even where nothing had failed. */
  String happened() {
    boolean asItEnded = outcome() == ending.outcome() && !ending.happened().isEmpty();
    if (asItEnded || outcome().success()) {
      return ending.happened();
    }
    List<String> found =
        readings.stream()
            .filter(reading -> reading.facts().isEmpty() || isElsewhere(reading))
            .map(
                reading ->
                    "%s: release %s was decided, and %s"
                        .formatted(reading.member().name(), plan.run().subject(), found(reading)))
            .toList();
    String sentences = String.join("\n", found);
    return ending.happened().isEmpty() || sentences.isEmpty()
        ? ending.happened() + sentences
        : ending.happened() + "\n" + sentences;
  }

  private static String found(Reading reading) {
    return reading
        .facts()
        .map(
            facts ->
                facts
                    .current()
                    .live()
                    .map(live -> "current leads to " + live)
                    .orElse("nothing is live"))
        .orElse("it cannot be read: " + reading.problem());
  }

  /** A line of the report for each host, in their order. */
  List<HostState> hosts() {
    return readings.stream().map(this::state).toList();
  }

  private HostState state(Reading reading) {
    String name = reading.member().name();
    String note = ending.notes().getOrDefault(name, "");
    if (reading.facts().isEmpty()) {
      return Reporting.unread(reading);
    }
    // Of what somebody else made live the checks have said nothing.
    Optional<RemotePath> live = reading.facts().get().current().live();
    Health health =
        Optional.ofNullable(ending.verdicts().get(name))
            .filter(asked -> live.equals(Optional.of(asked.directory())))
            .map(asked -> asked.verdict().health())
            .orElse(Health.UNKNOWN);
    return Reporting.state(name, reading.facts().get(), health, note.isEmpty() ? waiting() : note);
  }

  /** A run that makes nothing live says what it has made. */
  private String waiting() {
    return ending.outcome() == Outcome.STAGED
        ? "release " + plan.run().subject() + " is sealed"
        : "";
  }

  private boolean isElsewhere(Reading reading) {
    Member member = reading.member();
    RemotePath subject = member.layout().release(plan.run().subject());
    Optional<HostFacts> facts = reading.facts();
    return facts.isPresent() && !facts.get().current().live().equals(Optional.of(subject));
  }
}
