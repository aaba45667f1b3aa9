package dev.cutover.report;

import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands where after a run: hosts in the same state share a line, and none is left out. */
final class StateWords {

  private final OutcomeReport report;
  private final List<String> hosts;

  StateWords(OutcomeReport report, List<String> hosts) {
    this.report = report;
    this.hosts = hosts;
  }

  List<String> lines() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (HostState host : report.hosts()) {
      groups.computeIfAbsent(words(host), words -> new ArrayList<>()).add(host.host());
    }
    for (String host : hosts) {
      if (report.hosts().stream().noneMatch(state -> state.host().equals(host))) {
        groups.computeIfAbsent(unread(), words -> new ArrayList<>()).add(host);
      }
    }
    List<String> lines = new ArrayList<>();
    groups.forEach((words, named) -> lines.add(String.join(", ", named) + ": " + words));
    report.migrations().stream()
        .map(migration -> "migration " + migration.id() + ": " + migration.state())
        .forEach(lines::add);
    return lines.isEmpty() ? List.of("nothing was touched") : lines;
  }

  private String unread() {
    return report.outcome() == Outcome.NOTHING_CHANGED ? "nothing was touched" : "not known";
  }

  private String words(HostState host) {
    if (host.isUnread()) {
      return "what is live is not known; " + host.message();
    }
    if (neverLeft(host)) {
      String asked = host.health() == Health.UNKNOWN ? "" : ", " + health(host.health());
      return "still on " + host.live().orElse("") + state(host) + asked;
    }
    String said = host.live().map(this::where).orElse("nothing is live");
    // What taking back noted may be what is said anyway.
    String rest =
        host.message().startsWith(said)
            ? host.message().substring(said.length()).replaceFirst("^, ", "")
            : host.message();
    String message = rest.isBlank() ? "" : "; " + rest;
    if (host.live().isEmpty()) {
      boolean unknown =
          report.outcome() == Outcome.OUTCOME_UNKNOWN && host.health() == Health.UNKNOWN;
      return (unknown ? "what is live is not known" : said) + message;
    }
    return said + state(host) + ", " + health(host.health()) + message;
  }

  /**
   * Taking a switch back leaves a note, or a verdict that is bad; a run that failed before it does
   * not.
   */
  private boolean neverLeft(HostState host) {
    return host.live().filter(this::returned).isPresent()
        && host.message().isEmpty()
        && host.health() != Health.SICK;
  }

  private boolean returned(String live) {
    boolean before = report.previous().filter(id -> id.value().equals(live)).isPresent();
    boolean reverted =
        report.outcome() == Outcome.REVERTED || report.outcome() == Outcome.REVERT_FAILED;
    return before && reverted;
  }

  private String where(String live) {
    return (returned(live) ? "back on " : "on ") + live;
  }

  /** GOOD goes without saying. */
  private static String state(HostState host) {
    return host.state()
        .filter(state -> !state.mayBeChosen())
        .map(state -> " (" + state + ")")
        .orElse("");
  }

  static String health(Health health) {
    return switch (health) {
      case HEALTHY -> "healthy";
      case SICK -> "SICK";
      case UNKNOWN -> "health not known";
    };
  }
}
