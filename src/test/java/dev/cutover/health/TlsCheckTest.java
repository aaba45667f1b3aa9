package dev.cutover.health;

import static dev.cutover.health.Checks.get;
import static dev.cutover.health.Checks.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Health;
import dev.cutover.domain.HealthCheck.Via;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class TlsCheckTest {

  private static SSLContext tls;
  private static WebSite site;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    tls = Certificates.selfMade(directory, "dns:localhost,dns:shop.internal,ip:127.0.0.1");
    site = WebSite.secure(tls).answer("/", 200, "secure");
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @Test
  void aCertificateThatIsTrustedAndOfTheHostInTheUrl() {
    assertThat(ask(tls.getSocketFactory(), site.url("/"), Via.LOCAL).health())
        .isEqualTo(Health.HEALTHY);
    assertThat(
            ask(
                    tls.getSocketFactory(),
                    URI.create("https://127.0.0.1:" + site.port() + "/"),
                    Via.LOCAL)
                .health())
        .isEqualTo(Health.HEALTHY);
  }

  @Test
  void aCertificateNobodyTrusts() {
    SSLSocketFactory system = (SSLSocketFactory) SSLSocketFactory.getDefault();

    HealthVerdict verdict = ask(system, site.url("/"), Via.LOCAL);

    assertThat(verdict.health()).isEqualTo(Health.SICK);
    assertThat(verdict.detail()).contains("TLS: ");
  }

  @Test
  void throughTheHostTheUrlStillNamesTheServer() {
    LoopbackHost host = LoopbackHost.forwarding(site.port());
    int before = site.hosts.size();

    HealthVerdict verdict = ask(host, tls.getSocketFactory(), "https://shop.internal/", Via.HOST);

    assertThat(verdict.health()).isEqualTo(Health.HEALTHY);
    assertThat(host.dialed).containsExactly("shop.internal:443");
    assertThat(site.hosts.subList(before, site.hosts.size())).containsExactly("shop.internal");
  }

  @Test
  void throughTheHostACertificateOfAnotherNameIsRefused() {
    LoopbackHost host = LoopbackHost.forwarding(site.port());
    int before = site.requests.size();

    HealthVerdict verdict =
        ask(host, tls.getSocketFactory(), "https://other.internal:8443/", Via.HOST);

    assertThat(verdict.health()).isEqualTo(Health.SICK);
    assertThat(verdict.detail()).contains("TLS: ").contains("other.internal");
    assertThat(host.dialed).containsExactly("other.internal:8443");
    assertThat(site.requests).hasSize(before);
  }

  private static HealthVerdict ask(SSLSocketFactory trust, URI url, Via via) {
    return ask(LoopbackHost.forwarding(0), trust, url.toString(), via);
  }

  private static HealthVerdict ask(LoopbackHost host, SSLSocketFactory trust, String url, Via via) {
    return new HealthProber(Clock.systemUTC(), pause -> {}, trust)
        .once(host, question(get(URI.create(url), via)), (c, attempt, healthy, detail) -> {});
  }
}
