package dev.cutover.health;

import static dev.cutover.health.Checks.question;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.domain.Health;
import dev.cutover.domain.HealthCheck;
import dev.cutover.error.CutoverException;
import dev.cutover.error.HostLostException;
import dev.cutover.testkit.time.SleepingClock;
import dev.cutover.transport.HostOp.CommandRun;
import dev.cutover.transport.HostQuery;
import dev.cutover.transport.OpResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rounds, counted on a clock of the test's; the checks are commands with made-up exits. */
@Timeout(600)
class HealthProberTest {

  private static final HealthCheck SMOKE = new HealthCheck.Run("bin/smoke");

  private final SleepingClock clock = new SleepingClock();
  private final HealthProber prober =
      new HealthProber(clock, clock, (SSLSocketFactory) SSLSocketFactory.getDefault());
  private final List<String> heard = new ArrayList<>();

  @Test
  void healthyAfterTwoRoundsInARow() {
    HealthVerdict verdict = untilDecided(exits(1, 0, 1, 0, 0), question(SMOKE));

    assertThat(verdict).isEqualTo(new HealthVerdict(Health.HEALTHY, "5 tries in 4s", 5));
    assertThat(clock.slept).hasSize(4).containsOnly(Duration.ofSeconds(1));
    assertThat(heard)
        .containsExactly(
            "run bin/smoke 1 false exited 1: said by the command",
            "run bin/smoke 2 true exited 0",
            "run bin/smoke 3 false exited 1: said by the command",
            "run bin/smoke 4 true exited 0",
            "run bin/smoke 5 true exited 0");
  }

  @Test
  void sickWhenTheTimeIsOver() {
    HealthVerdict verdict = untilDecided(always(7), question(Duration.ofSeconds(12), SMOKE));

    assertThat(verdict)
        .isEqualTo(
            new HealthVerdict(
                Health.SICK, "run bin/smoke exited 7: said by the command, 12 tries in 11s", 12));
  }

  @Test
  void sickWhenNotOftenEnoughInARow() {
    assertThat(untilDecided(exits(1, 1, 0), question(Duration.ofSeconds(3), SMOKE)).detail())
        .isEqualTo(
            "run bin/smoke exited 1: said by the command, then healthy only 1 of 2 times in a row,"
                + " 3 tries in 2s");
    assertThat(untilDecided(exits(0), question(Duration.ZERO, SMOKE)).detail())
        .isEqualTo("healthy only 1 of 2 times in a row, 1 try in 0ms");
  }

  @Test
  void aRoundEndsAtItsFirstFailure() {
    HealthCheck second = new HealthCheck.Run("second");
    LoopbackHost host = exits(0, 1, 0, 0, 0, 0);

    HealthVerdict verdict = untilDecided(host, question(SMOKE, second));

    assertThat(verdict.health()).isEqualTo(Health.HEALTHY);
    assertThat(heard.stream().map(line -> line.replaceAll(" (true|false).*", "")))
        .containsExactly(
            "run bin/smoke 1",
            "run second 1",
            "run bin/smoke 2",
            "run second 2",
            "run bin/smoke 3",
            "run second 3");
  }

  @Test
  void nothingToAskIsUnknown() {
    HealthVerdict unknown = new HealthVerdict(Health.UNKNOWN, "no health check is configured", 0);

    assertThat(untilDecided(exits(), question())).isEqualTo(unknown);
    assertThat(prober.once(exits(), question(), this::hear)).isEqualTo(unknown);
  }

  @Test
  void onceAsksOneRound() {
    assertThat(prober.once(exits(0), question(SMOKE), this::hear).health())
        .isEqualTo(Health.HEALTHY);
    assertThat(prober.once(exits(3), question(SMOKE), this::hear))
        .isEqualTo(
            new HealthVerdict(Health.SICK, "run bin/smoke exited 3: said by the command", 1));
    assertThat(clock.slept).isEmpty();
  }

  @Test
  void commandsRunInTheReleaseWithItsEnvironmentAndTheTimeThatIsLeft() {
    LoopbackHost host = exits(1, 0, 0);

    untilDecided(host, question(SMOKE));

    List<CommandRun> commands =
        host.queries.stream().map(q -> ((HostQuery.RunCheck) q).command()).toList();
    assertThat(commands.get(0))
        .isEqualTo(
            new CommandRun(
                "health-1-1",
                "bin/smoke",
                question().directory(),
                Map.of("RELEASE_ID", "20261122101500"),
                60,
                Optional.empty()));
    assertThat(commands).extracting(CommandRun::timeoutSeconds).containsExactly(60L, 59L, 58L);
    assertThat(commands).extracting(CommandRun::name).doesNotHaveDuplicates();
  }

  @Test
  void aCommandThatDoesNotEnd() {
    assertThat(untilDecided(always(OpResult.TIMED_OUT), question(Duration.ofSeconds(1), SMOKE)))
        .extracting(HealthVerdict::detail)
        .asString()
        .startsWith("run bin/smoke did not end in 1s");
  }

  @Test
  void aLostLinkSaysNothingAboutTheRelease() {
    LoopbackHost host =
        LoopbackHost.answering(
            query -> {
              throw new HostLostException("web1", "fell silent", null);
            });

    assertThatThrownBy(() -> untilDecided(host, question(SMOKE)))
        .isInstanceOf(HostLostException.class);
  }

  @Test
  void anInterruptEndsTheWaiting() {
    HealthProber interrupted =
        new HealthProber(
            clock,
            pause -> {
              throw new InterruptedException();
            },
            (SSLSocketFactory) SSLSocketFactory.getDefault());

    assertThatThrownBy(() -> interrupted.untilDecided(always(1), question(SMOKE), this::hear))
        .isInstanceOf(CutoverException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void theOldProcessIsNotTakenForTheNewOne() throws Exception {
    Deque<String> versions = new ArrayDeque<>(List.of("1.0", "1.0", "1.1", "1.1"));
    try (WebSite site = WebSite.plain()) {
      site.on(
          "/info",
          exchange -> {
            byte[] body = ("{\"v\":\"" + versions.pop() + "\"}").getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          });
      HealthCheck check = Checks.json(site.url("/info"), "/v", "{version}");

      HealthVerdict verdict = untilDecided(LoopbackHost.forwarding(site.port()), question(check));

      assertThat(verdict).isEqualTo(new HealthVerdict(Health.HEALTHY, "4 tries in 3s", 4));
      assertThat(heard.get(1)).endsWith(" 2 false /v is \"1.0\", expected \"1.1\"");
    }
  }

  private HealthVerdict untilDecided(LoopbackHost host, HealthQuestion question) {
    return prober.untilDecided(host, question, this::hear);
  }

  private void hear(HealthCheck check, int attempt, boolean healthy, String detail) {
    heard.add(check.label() + " " + attempt + " " + healthy + " " + detail);
  }

  /** A host whose commands exit with these, one after the other. */
  private static LoopbackHost exits(Integer... statuses) {
    Deque<Integer> left = new ArrayDeque<>(List.of(statuses));
    return LoopbackHost.answering(query -> LoopbackHost.result(left.pop(), Map.of(), ""));
  }

  private static LoopbackHost always(int status) {
    return LoopbackHost.answering(query -> LoopbackHost.result(status, Map.of(), ""));
  }
}
