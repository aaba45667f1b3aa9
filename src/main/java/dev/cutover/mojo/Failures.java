package dev.cutover.mojo;

import dev.cutover.domain.Health;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.error.CutoverException;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoFailureException;

/** What Maven says at its end: what happened, what stands now, what to type next. */
final class Failures {

  private Failures() {}

  static MojoFailureException of(CutoverException e) {
    return new MojoFailureException(text(String.valueOf(e.getMessage()), "", e.next()), e);
  }

  static MojoFailureException of(OutcomeReport report) {
    String states =
        report.hosts().stream().map(Failures::state).collect(Collectors.joining("\n             "));
    String what = report.outcome() + report.release().map(id -> " " + id).orElse("") + ": ";
    return new MojoFailureException(text(what + report.happened(), states, report.next()));
  }

  private static String state(HostState host) {
    if (host.isUnread()) {
      return host.host() + ": " + host.message();
    }
    String live = host.live().map(id -> id + " is live").orElse("nothing is live");
    String more = host.message().isEmpty() || host.message().equals(live) ? "" : host.message();
    String sick = host.health() == Health.SICK ? ", SICK" : "";
    return host.host() + ": " + live + sick + (more.isEmpty() ? "" : ", " + more);
  }

  private static String text(String happened, String states, String next) {
    return happened
        + (states.isEmpty() ? "" : "\n  state now  " + states)
        + (next.isEmpty() ? "" : "\n  next       " + next);
  }
}
