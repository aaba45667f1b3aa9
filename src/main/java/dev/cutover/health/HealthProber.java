package dev.cutover.health;

import dev.cutover.domain.Health;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Sleeper;
import dev.cutover.error.CutoverException;
import dev.cutover.transport.Host;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks a release's health checks in rounds. A round asks them in their order and ends at the first
 * that fails. Every attempt makes its own connection, so that a process on its way out cannot
 * answer on an old one.
 */
public final class HealthProber {

  private final Clock clock;
  private final Sleeper sleeper;
  private final Supplier<SSLSocketFactory> tls;

  /**
   * A prober.
   *
   * @param tls what verifies servers; {@link SSLSocketFactory#getDefault} trusts what Java does
   */
  public HealthProber(Clock clock, Sleeper sleeper, SSLSocketFactory tls) {
    this(clock, sleeper, () -> tls);
  }

  private HealthProber(Clock clock, Sleeper sleeper, Supplier<SSLSocketFactory> tls) {
    this.clock = clock;
    this.sleeper = sleeper;
    this.tls = tls;
  }

  /**
   * A prober in real time that trusts what Java trusts. What that is, Java takes a good 100 ms to
   * read: it is left until there is a check to ask.
   */
  public static HealthProber system() {
    return new HealthProber(
        Clock.systemUTC(),
        Sleeper.system(),
        () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /**
   * Asks until {@code successes} rounds in a row were healthy or {@code timeout} is over; UNKNOWN
   * at once when there is no check.
   *
   * @throws dev.cutover.error.HostLostException if the link to the host broke: that says nothing
   *     about the release
   */
  public HealthVerdict untilDecided(Host host, HealthQuestion question, Attempts attempts) {
    HealthPolicy policy = question.policy();
    if (policy.checks().isEmpty()) {
      return nothingToAsk();
    }
    Instant start = clock.instant();
    Instant end = start.plus(policy.timeout());
    Optional<String> lastFailure = Optional.empty();
    int inARow = 0;
    for (int round = 1; ; round++) {
      Optional<String> failure = ask(host, question, attempts, round, end);
      inARow = failure.isPresent() ? 0 : inARow + 1;
      lastFailure = failure.isPresent() ? failure : lastFailure;
      if (inARow >= policy.successes()) {
        return new HealthVerdict(Health.HEALTHY, tries(round, start), round);
      }
      if (!clock.instant().plus(policy.interval()).isBefore(end)) {
        return sick(lastFailure, inARow, policy.successes(), round, start);
      }
      pause(policy.interval());
    }
  }

  /** Asks one round, and that is the verdict; UNKNOWN when there is no check. */
  public HealthVerdict once(Host host, HealthQuestion question, Attempts attempts) {
    if (question.policy().checks().isEmpty()) {
      return nothingToAsk();
    }
    Instant end = clock.instant().plus(question.policy().timeout());
    return ask(host, question, attempts, 1, end)
        .map(failure -> new HealthVerdict(Health.SICK, failure, 1))
        .orElseGet(() -> new HealthVerdict(Health.HEALTHY, "", 1));
  }

  /** One round; what failed in it, if anything. */
  private Optional<String> ask(
      Host host, HealthQuestion question, Attempts attempts, int round, Instant end) {
    List<HealthCheck> checks = question.policy().checks();
    CheckAsker asker = new CheckAsker(new HttpGet(tls.get()));
    for (int i = 0; i < checks.size(); i++) {
      HealthCheck check = checks.get(i);
      Duration left = Duration.between(clock.instant(), end);
      String name = "health-" + round + "-" + (i + 1);
      Answer answer = asker.ask(host, question, check, name, left);
      attempts.answered(check, round, answer.healthy(), answer.detail());
      if (!answer.healthy()) {
        return Optional.of(check.label() + " " + answer.detail());
      }
    }
    return Optional.empty();
  }

  private static HealthVerdict nothingToAsk() {
    return new HealthVerdict(Health.UNKNOWN, "no health check is configured", 0);
  }

  private HealthVerdict sick(
      Optional<String> failure, int inARow, int wanted, int round, Instant start) {
    String then =
        inARow == 0 ? "" : "healthy only %d of %d times in a row".formatted(inARow, wanted);
    String what = failure.map(f -> then.isEmpty() ? f : f + ", then " + then).orElse(then);
    return new HealthVerdict(Health.SICK, what + ", " + tries(round, start), round);
  }

  private String tries(int rounds, Instant start) {
    String noun = rounds == 1 ? "1 try" : rounds + " tries";
    return noun + " in " + Words.shown(Duration.between(start, clock.instant()));
  }

  private void pause(Duration interval) {
    try {
      sleeper.sleep(interval);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CutoverException("interrupted while asking for health", "mvn deploy:status", e);
    }
  }
}
