package dev.cutover.health;

import static dev.cutover.health.Checks.contains;
import static dev.cutover.health.Checks.get;
import static dev.cutover.health.Checks.json;
import static dev.cutover.health.Checks.question;
import static dev.cutover.health.Checks.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Health;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthCheck.Via;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
class HttpCheckTest {

  private static final Duration SHORT = Duration.ofMillis(600);

  private WebSite site;
  private LoopbackHost host;

  @BeforeEach
  void start() throws IOException {
    site = WebSite.plain();
    host = LoopbackHost.forwarding(site.port());
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299})
  void anyTwoHundredIsHealthy(int answered) {
    site.answer("/health", answered, "");

    assertThat(once(get(site.url("/health")))).isEqualTo(new HealthVerdict(Health.HEALTHY, "", 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {304, 400, 404, 500, 503})
  void anythingElseIsSick(int answered) {
    site.answer("/health", answered, "");

    assertThat(why(get(site.url("/health")))).isEqualTo("answered " + answered);
  }

  @Test
  void theStatusThatIsExpected() {
    site.answer("/", 401, "");

    assertThat(once(status(site.url("/"), 401)).health()).isEqualTo(Health.HEALTHY);
    assertThat(why(status(site.url("/"), 200))).isEqualTo("answered 401, expected 200");
  }

  @Test
  void redirectsAreNotFollowed() {
    site.on(
        "/old",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/new");
          exchange.sendResponseHeaders(302, -1);
        });
    site.answer("/new", 200, "");

    assertThat(why(get(site.url("/old")))).isEqualTo("answered 302, a redirect to /new");
    assertThat(once(status(site.url("/old"), 302)).health()).isEqualTo(Health.HEALTHY);
    assertThat(site.requests).hasSize(2).allMatch(request -> request.endsWith(" /old"));
  }

  @Test
  void theBodyMustContainTheText() {
    site.answer("/", 200, "{\"status\":\"ÜP\", \"v\":\"1.1\"}");

    assertThat(once(contains(site.url("/"), "ÜP")).health()).isEqualTo(Health.HEALTHY);
    assertThat(once(contains(site.url("/"), "\"{version}\"")).health()).isEqualTo(Health.HEALTHY);
    assertThat(why(contains(site.url("/"), "DOWN"))).isEqualTo("body lacks 'DOWN'");
    assertThat(why(contains(site.url("/"), "id {releaseId}")))
        .isEqualTo("body lacks 'id 20261122101500'");
  }

  @Test
  void theBodyIsReadInTheCharsetItNames() {
    site.on(
        "/",
        exchange -> {
          byte[] body = "schön".getBytes(StandardCharsets.ISO_8859_1);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=ISO-8859-1");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        });

    assertThat(once(contains(site.url("/"), "schön")).health()).isEqualTo(Health.HEALTHY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/build/version | 1.1",
        "/build/version | {version}",
        "/n | 1.10",
        "/ok | true",
        "/none | null",
        "/list/1 | b",
        "/a~1b | slash",
        "/list | [\"a\",\"b\"]",
      })
  void aJsonValueThatIsRight(String pointer, String expected) {
    site.answer(
        "/",
        200,
        "{\"build\":{\"version\":\"1.1\"},\"n\":1.10,\"ok\":true,\"none\":null,"
            + "\"list\":[\"a\",\"b\"],\"a/b\":\"slash\"}");

    assertThat(once(json(site.url("/"), pointer, expected)).health()).isEqualTo(Health.HEALTHY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"build\":{\"version\":\"1.0\"}} | /build/version is \"1.0\", expected \"1.1\"",
        "{\"build\":{}} | /build/version is absent, expected \"1.1\"",
        "{\"build\":\"1.1\"} | /build/version is absent, expected \"1.1\"",
        "[] | /build/version is absent, expected \"1.1\"",
        "\"1.1\" | body is not a JSON object or array, expected \"1.1\"",
        "<html> | body is not a JSON object or array, expected \"1.1\"",
        "{\"build\": | body is not a JSON object or array, expected \"1.1\"",
        "`` | body is not a JSON object or array, expected \"1.1\"",
      })
  void aJsonValueThatIsWrong(String body, String told) {
    site.answer("/", 200, body);

    assertThat(why(json(site.url("/"), "/build/version", "{version}"))).isEqualTo(told);
  }

  @Test
  void jsonThatNestsWithoutEnd() {
    site.answer("/", 200, "[".repeat(500_000));

    assertThat(why(json(site.url("/"), "/a", "x"))).startsWith("body is not a JSON");
  }

  @Test
  void anExpectationAboutAnUnknownVersionIsLeftOut() {
    site.answer("/", 200, "whatever");
    HealthQuestion unknown =
        question(
            Map.of("version", ""),
            SHORT,
            contains(site.url("/"), "{version}"),
            json(site.url("/"), "/v", "{releaseId}"));

    assertThat(prober().once(host, unknown, (c, a, h, d) -> {}).health()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void connectionRefused() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI url = URI.create("http://localhost:" + port + "/");

    assertThat(why(get(url))).isEqualTo("connection refused");
    assertThat(once(get(url)).detail()).isEqualTo("GET " + url + " connection refused");
    assertThat(why(new HealthCheck.Tcp("localhost", port, Via.LOCAL)))
        .isEqualTo("connection refused");
  }

  @Test
  void aPortThatOpens() {
    assertThat(once(new HealthCheck.Tcp("localhost", site.port(), Via.LOCAL)).health())
        .isEqualTo(Health.HEALTHY);
  }

  @Test
  void aBodyThatDripsEndsAtTheDeadline() {
    site.on(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 200; i++) {
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            sleep(50);
          }
        });
    long start = System.nanoTime();

    assertThat(why(get(site.url("/")))).startsWith("no answer in ");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
  }

  @Test
  void aBodyWithoutEndIsReadUpToAMegabyte() {
    site.on(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] much = "UP ".repeat(30_000).getBytes(StandardCharsets.UTF_8);
          while (true) {
            exchange.getResponseBody().write(much);
          }
        });

    assertThat(once(contains(site.url("/"), "UP"), Duration.ofSeconds(8)).health())
        .isEqualTo(Health.HEALTHY);
    assertThat(once(contains(site.url("/"), "DOWN"), Duration.ofSeconds(8)).detail())
        .endsWith("body lacks 'DOWN' in its first 1 MiB");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | connection closed without an answer",
        "'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc' | connection closed before the answer"
            + " was whole",
        "'HTTP/1.1 200 OK\r\nContent-' | no HTTP answer",
        "'SSH-2.0-OpenSSH_9.2\r\n' | ",
      })
  void serversThatDoNotSpeakHttpToTheEnd(String said, String told) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answerOnce(server, said));
      thread.start();

      assertThat(why(get(URI.create("http://localhost:" + server.getLocalPort() + "/"))))
          .contains(told == null ? "" : told)
          .isNotEqualTo("answered 200");
      thread.join();
    }
  }

  @Test
  void aServerThatAcceptsAndStaysSilent() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(why(get(URI.create("http://localhost:" + server.getLocalPort() + "/"))))
          .startsWith("no answer in ");
    }
  }

  @Test
  void anUnknownName() {
    UnknownHostException unknown =
        new UnknownHostException("db.internal: Name or service not known");

    assertThat(Words.of(unknown, SHORT)).isEqualTo("unknown host db.internal");
  }

  @Test
  void aUrlWithoutAHost() {
    assertThat(why(get(URI.create("http:///health"))))
        .isEqualTo("is not an http or https URL with a host name");
  }

  @Test
  void theUrlIsAskedForAsItIsWritten() {
    site.answer("/", 200, "");

    once(get(URI.create("http://LOCALHOST:" + site.port() + "/ü%20b?q=1&r=%2F#part")));
    once(get(URI.create("http://127.0.0.1:" + site.port())));

    assertThat(site.requests.get(0)).endsWith(" /%C3%BC%20b?q=1&r=%2F");
    assertThat(site.requests.get(1)).endsWith(" /");
    assertThat(site.hosts).containsExactly("LOCALHOST:" + site.port(), "127.0.0.1:" + site.port());
  }

  @Test
  void everyAttemptConnectsAnew() {
    site.answer("/", 200, "");

    once(get(site.url("/")));
    once(get(site.url("/")));

    assertThat(site.requests).doesNotHaveDuplicates().hasSize(2);
  }

  private HealthVerdict once(HealthCheck check) {
    return once(check, SHORT);
  }

  private HealthVerdict once(HealthCheck check, Duration timeout) {
    return prober().once(host, question(timeout, check), (c, attempt, healthy, detail) -> {});
  }

  /** The detail of the one attempt, which must be sick. */
  private String why(HealthCheck check) {
    HealthVerdict verdict = once(check);
    assertThat(verdict.health()).isEqualTo(Health.SICK);
    return verdict.detail().substring(check.label().length() + 1);
  }

  private static HealthProber prober() {
    return HealthProber.system();
  }

  private static void answerOnce(ServerSocket server, String said) {
    try (Socket socket = server.accept();
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream()) {
      assertThat(in.read(new byte[4096])).isPositive();
      out.write(said.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
