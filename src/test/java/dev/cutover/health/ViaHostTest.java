package dev.cutover.health;

import static dev.cutover.health.Checks.LAYOUT;
import static dev.cutover.health.Checks.get;
import static dev.cutover.health.Checks.question;
import static dev.cutover.health.LoopbackHost.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Health;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthCheck.JsonEquals;
import dev.cutover.domain.HealthCheck.Via;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Problem;
import dev.cutover.transport.HostQuery;
import dev.cutover.transport.OpResult;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class ViaHostTest {

  private static final URI URL = URI.create("http://localhost:8080/health?deep");

  @Test
  void connectsThroughTheHost() throws IOException {
    try (WebSite site = WebSite.plain()) {
      site.answer("/", 200, "UP");
      LoopbackHost host = LoopbackHost.forwarding(site.port());

      assertThat(once(host, get(URL, Via.HOST)).health()).isEqualTo(Health.HEALTHY);
      assertThat(once(host, new HealthCheck.Tcp("db", 5432, Via.HOST)).health())
          .isEqualTo(Health.HEALTHY);

      assertThat(host.dialed).containsExactly("localhost:8080", "db:5432");
      assertThat(site.hosts).containsExactly("localhost:8080");
      assertThat(host.queries).isEmpty();
    }
  }

  @Test
  void asksTheHostToAskWhenItForbidsForwarding() {
    LoopbackHost host =
        LoopbackHost.answering(
            query -> result(0, Map.of("status", "200", "body", "{\"v\":\"1.0\"}"), ""));
    HealthCheck.Http check =
        new HealthCheck.Http(
            URL,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of(new JsonEquals("/v", "{version}")),
            Via.HOST);

    assertThat(once(host, check).detail())
        .isEqualTo("GET " + URL + " /v is \"1.0\", expected \"1.1\"");
    assertThat(once(host, new HealthCheck.Tcp("db", 5432, Via.HOST)).health())
        .isEqualTo(Health.HEALTHY);
    assertThat(host.queries)
        .containsExactly(new HostQuery.Fetch(URL, 10), new HostQuery.Connect("db", 5432, 10));
  }

  @Test
  void whatTheHostsToolsSay() {
    assertThat(detail(result(7, Map.of(), "curl: (7) Failed to connect\n")))
        .isEqualTo("curl: (7) Failed to connect");
    assertThat(detail(result(1, Map.of(), ""))).isEqualTo("no answer");
    assertThat(detail(result(OpResult.TIMED_OUT, Map.of(), ""))).isEqualTo("no answer in 10s");
    assertThat(detail(result(OpResult.NO_TOOL, Map.of(), "")))
        .isEqualTo("cannot be asked: the host has no tool for it");
    assertThat(detail(result(0, Map.of("status", "503"), ""))).isEqualTo("answered 503");
    assertThat(detail(result(0, Map.of(), ""))).isEqualTo("the host told no HTTP status");
  }

  @Test
  void preflightRefusesWhatCannotBeAsked() {
    LoopbackHost bare =
        LoopbackHost.answering(query -> result(OpResult.NO_TOOL, Map.of(), "no tool"));

    List<Problem> problems =
        preflight(
            bare,
            get(URL, Via.LOCAL),
            get(URL, Via.HOST),
            new HealthCheck.Tcp("db", 5432, Via.HOST),
            new HealthCheck.Tcp("db", 5432, Via.LOCAL),
            new HealthCheck.Run("bin/smoke"));

    assertThat(problems)
        .extracting(Problem::parameter)
        .containsExactly("<health><checks><check>[2]", "<health><checks><check>[3]");
    assertThat(problems.get(0).message())
        .contains(URL.toString(), "forbids forwarding", "curl or wget", "<via>local</via>");
  }

  @Test
  void preflightAllowsWhatSomeToolCanAsk() {
    LoopbackHost withTools = LoopbackHost.answering(query -> result(7, Map.of(), "refused"));
    HealthCheck tcp = new HealthCheck.Tcp("db", 5432, Via.HOST);

    assertThat(preflight(withTools, get(URL, Via.HOST), tcp)).isEmpty();
    assertThat(withTools.queries).hasSize(2);
    assertThat(preflight(LoopbackHost.forwarding(1), get(URL, Via.HOST), tcp)).isEmpty();
  }

  @Test
  void preflightRefusesWhatIsNoQuestion() {
    HealthCheck.Http pointer =
        new HealthCheck.Http(
            URL,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of(new JsonEquals("v", "1")),
            Via.LOCAL);

    assertThat(
            preflight(
                LoopbackHost.forwarding(1),
                get(URI.create("ftp://localhost/")),
                get(URI.create("http:///health")),
                get(URI.create("/health")),
                get(URI.create("http://me:secret@localhost/")),
                pointer))
        .hasSize(5)
        .noneMatch(problem -> problem.toString().contains("secret"));
  }

  private static List<Problem> preflight(LoopbackHost host, HealthCheck... checks) {
    HealthPolicy policy =
        new HealthPolicy(List.of(checks), Duration.ofSeconds(1), Duration.ofSeconds(1), 1);
    return HealthPreflight.problems(policy, host, LAYOUT);
  }

  private static String detail(OpResult result) {
    HealthCheck check = get(URL, Via.HOST);
    HealthVerdict verdict = once(LoopbackHost.answering(query -> result), check);
    assertThat(verdict.health()).isEqualTo(Health.SICK);
    return verdict.detail().substring(check.label().length() + 1);
  }

  private static HealthVerdict once(LoopbackHost host, HealthCheck check) {
    return HealthProber.system().once(host, question(check), (c, attempt, healthy, detail) -> {});
  }
}
