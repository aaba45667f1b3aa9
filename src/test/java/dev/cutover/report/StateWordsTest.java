package dev.cutover.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateWordsTest {

  private static final String BEFORE = "20261121093012";

  private static List<String> lines(Health health, String message) {
    HostState host =
        new HostState("web1", Optional.of(BEFORE), Optional.of(ReleaseState.GOOD), health, message);
    return lines(Outcome.REVERTED, host);
  }

  private static List<String> lines(Outcome outcome, HostState host) {
    OutcomeReport report =
        new OutcomeReport(
            outcome,
            Goal.RELEASE,
            Optional.of(new ReleaseId("20261122101500")),
            Optional.of(new ReleaseId(BEFORE)),
            "1.4.0",
            "9f2c1ab",
            Instant.EPOCH,
            Duration.ZERO,
            List.of(host),
            List.of(),
            "something failed",
            "");
    return new StateWords(report, List.of(host.host())).lines();
  }

  @Test
  void aHostThatSwitchedIsBack() {
    assertThat(lines(Health.HEALTHY, "back on " + BEFORE))
        .containsExactly("web1: back on " + BEFORE + ", healthy");
  }

  @Test
  void aHostThatNeverSwitchedIsStillThere() {
    assertThat(lines(Health.UNKNOWN, "")).containsExactly("web1: still on " + BEFORE);
  }

  @Test
  void ofAHostThatCannotBeReadNothingIsTold() {
    HostState unread = HostState.unread("app1", "refused the connection");
    assertThat(unread.isUnread()).isTrue();
    assertThat(unread.and("settled").isUnread()).isTrue();
    for (Outcome outcome :
        List.of(Outcome.NOTHING_CHANGED, Outcome.MIXED, Outcome.OUTCOME_UNKNOWN)) {
      assertThat(lines(outcome, unread))
          .containsExactly(
              "app1: what is live is not known; cannot be read: refused the connection");
    }
  }
}
