package dev.cutover.health;

import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthCheck.Via;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp.CommandRun;
import dev.cutover.transport.HostQuery;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks one check once. */
final class CheckAsker {

  /** How long one network check may take, its connection and its whole answer. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** A last attempt shortly before the end still gets a chance. */
  private static final Duration SHORTEST = Duration.ofMillis(200);

  private final HttpGet http;

  CheckAsker(HttpGet http) {
    this.http = http;
  }

  /**
   * Asks.
   *
   * @param name for the host, unique within the run
   * @param left until the policy's timeout
   */
  Answer ask(Host host, HealthQuestion question, HealthCheck check, String name, Duration left) {
    Duration limit = left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    if (check instanceof HealthCheck.Run run) {
      return command(host, question, run, name, limit);
    }
    Duration network = limit.compareTo(LONGEST) > 0 ? LONGEST : limit;
    try {
      return check instanceof HealthCheck.Http asked
          ? new Expectation(asked, question).judge(get(host, question, asked, network))
          : tcp(host, question, (HealthCheck.Tcp) check, network);
    } catch (IOException e) {
      return Answer.sick(Words.of(e, network));
    }
  }

  private HttpReply get(Host host, HealthQuestion question, HealthCheck.Http check, Duration limit)
      throws IOException {
    if (check.via() == Via.LOCAL || host.forwards()) {
      return http.get(check.url(), dialer(host, check.via()), limit);
    }
    URI url = check.url();
    OpResult result =
        host.query(question.layout(), new HostQuery.Fetch(url, seconds(limit)), OpListener.SILENT);
    if (!result.ok()) {
      throw new HostSaidException(result, limit);
    }
    try {
      return new HttpReply(
          Integer.parseInt(result.value("status").strip()),
          result.value("body").getBytes(StandardCharsets.UTF_8),
          StandardCharsets.UTF_8,
          Optional.empty());
    } catch (NumberFormatException e) {
      throw new IOException("the host told no HTTP status", e);
    }
  }

  private static Answer tcp(
      Host host, HealthQuestion question, HealthCheck.Tcp check, Duration limit)
      throws IOException {
    if (check.via() == Via.LOCAL || host.forwards()) {
      Dialer dialer = dialer(host, check.via());
      return Deadline.within(
          limit,
          sockets -> {
            sockets.add(dialer.dial(check.host(), check.port(), limit));
            return Answer.healthy("connected");
          });
    }
    HostQuery query = new HostQuery.Connect(check.host(), check.port(), seconds(limit));
    OpResult result = host.query(question.layout(), query, OpListener.SILENT);
    if (!result.ok()) {
      throw new HostSaidException(result, limit);
    }
    return Answer.healthy("connected");
  }

  private static Answer command(
      Host host, HealthQuestion question, HealthCheck.Run check, String name, Duration limit) {
    LastLine said = new LastLine();
    CommandRun command =
        new CommandRun(
            name,
            check.run(),
            question.directory(),
            question.environment(),
            seconds(limit),
            Optional.empty());
    OpResult result = host.query(question.layout(), new HostQuery.RunCheck(command), said);
    if (result.ok()) {
      return Answer.healthy("exited 0");
    }
    String how =
        result.status() == OpResult.TIMED_OUT
            ? "did not end in " + seconds(limit) + "s"
            : "exited " + result.status();
    // A command that said nothing has only its status for a message.
    boolean silent = result.message().equals(OpResult.unsaid(result.status()));
    return Answer.sick(how + said.orElse(silent ? "" : result.message()));
  }

  private static Dialer dialer(Host host, Via via) {
    return via == Via.LOCAL ? Dialer.DIRECT : host::connect;
  }

  private static long seconds(Duration limit) {
    return Math.max(1, limit.toSeconds());
  }
}
