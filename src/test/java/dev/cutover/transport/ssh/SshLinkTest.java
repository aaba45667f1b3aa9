package dev.cutover.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.domain.Command;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Target;
import dev.cutover.error.HostLostException;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.app.ExampleApp;
import dev.cutover.testkit.app.Requests;
import dev.cutover.testkit.link.DelayProxy;
import dev.cutover.testkit.server.OpenSshServer;
import dev.cutover.testkit.time.Pause;
import dev.cutover.transport.Connection;
import dev.cutover.transport.HostConnector;
import dev.cutover.transport.ScriptedHost;
import dev.cutover.transport.local.LocalConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links that are long, go silent, or break. */
@Timeout(600)
class SshLinkTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private OpenSshServer server;
  private DelayProxy proxy;
  private Path scratch;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    scratch = directory;
    server = OpenSshServer.start(Files.createDirectory(directory.resolve("sshd")));
    proxy = new DelayProxy(server.port());
    String key = Files.readString(server.hostKey());
    Files.writeString(server.knownHosts(), "[127.0.0.1]:" + proxy.port() + " " + key);
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
  }

  private Connection open(Duration keepAlive) {
    return new SshConnector(server.options().withTimeouts(Duration.ofSeconds(30), keepAlive))
        .open(server.target(proxy.port(), scratch));
  }

  @Test
  void aLoginCostsFiveRoundTripsWithTcpAndAScriptOne() throws InterruptedException {
    try (Connection connection = open(Duration.ofSeconds(5))) {
      // The proxy accepts TCP connections at once, so TCP's own is not among them; the spare
      // shell may have been asked for already.
      assertThat(proxy.turns()).isLessThanOrEqualTo(5);
      Duration best = Duration.ofDays(1);
      for (int i = 0; i < 100 && best.toMillis() >= 80; i++) {
        Thread.sleep(200);
        long started = System.nanoTime();
        connection.run("echo hello\n", PATIENCE, line -> {});
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        best = took.compareTo(best) < 0 ? took : best;
      }
      // One round trip is 40 ms; two would be 80, however often it is tried on a busy machine.
      assertThat(best).isLessThan(Duration.ofMillis(80));
    }
  }

  @Test
  void aSilentScriptIsGivenUp() {
    try (Connection connection = open(Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> connection.run("sleep 30\n", Duration.ofMillis(500), line -> {}))
          .isInstanceOf(HostLostException.class)
          .hasMessageContaining("said nothing");
    }
  }

  @Test
  void aConnectionThatWasGivenUpIsLostHoweverOftenItIsAsked() {
    Connection connection = open(Duration.ofSeconds(5));
    connection.close();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> connection.run("echo\n", PATIENCE, line -> {}))
          .isInstanceOf(HostLostException.class);
      assertThatThrownBy(() -> connection.pipe("cat", out -> out.write(1), PATIENCE))
          .isInstanceOf(HostLostException.class);
      assertThatThrownBy(() -> connection.open("echo\n", line -> {}))
          .isInstanceOf(HostLostException.class);
      assertThatThrownBy(() -> connection.connect("127.0.0.1", server.port(), PATIENCE))
          .isInstanceOf(HostLostException.class);
    }
  }

  @Test
  void aHostThatStaysOutOfReachEndsTheRunWithAWordAboutEachHost() throws IOException {
    Path work = Files.createDirectories(scratch.resolve("work"));
    Path near = scratch.toRealPath().resolve("near");
    Path far = scratch.toRealPath().resolve("far");
    SshConnector ssh =
        new SshConnector(
            server.options().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5)));
    HostConnector connector =
        target ->
            new ScriptedHost(
                target, target instanceof Target.Ssh host ? ssh.open(host) : new LocalConnection());
    // Not through the proxy, which takes connections although there is nobody behind it.
    Files.writeString(
        server.knownHosts(),
        "[127.0.0.1]:" + server.port() + " " + Files.readString(server.hostKey()));
    Command restart =
        new Command(
            "case $DEPLOY_ROOT in *far) touch here; sleep 30;; esac", Duration.ofSeconds(60));
    ExampleApp app =
        new ExampleApp(List.of(Requests.target(near), server.target(far)), work)
            .with(requests -> requests.restart = Optional.of(restart));
    Thread cut =
        new Thread(
            () -> {
              while (!Files.exists(far.resolve("current/here"))) {
                Pause.millis(20);
              }
              server.close();
            });
    cut.start();
    OutcomeReport report = Clients.hasty(connector).release(app.request("one"));
    assertThat(report.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
    assertThat(report.happened()).contains("the connection was lost");
    assertThat(report.next()).contains("mvn deploy:status");
    assertThat(report.hosts())
        .extracting(HostState::message)
        .satisfiesExactly(
            here -> assertThat(here).doesNotContain("cannot be read"),
            there -> assertThat(there).contains("cannot be read"));
  }

  @Test
  void aBlackHoleIsNoticedByTheKeepalive() {
    try (Connection connection = open(Duration.ofMillis(200))) {
      long started = System.nanoTime();
      assertThatThrownBy(
              () ->
                  connection.run(
                      "echo on\nsleep 30\n", Duration.ofSeconds(30), line -> proxy.stall()))
          .isInstanceOf(HostLostException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void aBlackHoleIsNoticedUnderAnUploadThatFillsEveryBuffer() {
    try (Connection connection = open(Duration.ofMillis(300))) {
      long started = System.nanoTime();
      assertThatThrownBy(
              () ->
                  connection.pipe(
                      "cat >/dev/null",
                      out -> {
                        byte[] block = new byte[1 << 20];
                        for (int i = 0; i < 200; i++) {
                          out.write(block);
                          proxy.stall();
                        }
                      },
                      Duration.ofSeconds(30)))
          .isInstanceOf(HostLostException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void aCutIsNoticedByEveryKindOfWork() {
    for (String kind : List.of("run", "put")) {
      Connection connection = open(Duration.ofSeconds(5));
      connection.run("echo warm\n", PATIENCE, line -> {});
      proxy.cut();
      assertThatThrownBy(() -> work(connection, kind))
          .as(kind)
          .isInstanceOf(HostLostException.class);
      connection.close();
    }
  }

  private void work(Connection connection, String kind) {
    if (kind.equals("run")) {
      connection.run("echo on\n", PATIENCE, line -> {});
    } else {
      connection.put(
          new RemotePath(scratch.resolve("f").toString()), new ByteArrayInputStream(new byte[9]));
    }
  }

  @Test
  void aKilledSessionIsALostHostAndNotAStatus() {
    try (Connection connection = open(Duration.ofSeconds(5))) {
      assertThatThrownBy(
              () -> connection.run("echo on\nsleep 30\n", PATIENCE, line -> server.killSessions()))
          .isInstanceOf(HostLostException.class);
    }
  }

  @Test
  void aLoginToABlackHoleEnds() {
    proxy.stall();
    assertThatThrownBy(
            () ->
                new SshConnector(
                        server
                            .options()
                            .withTimeouts(Duration.ofMillis(700), Duration.ofSeconds(5)))
                    .open(server.target(proxy.port(), scratch)))
        .isInstanceOf(HostLostException.class)
        .hasMessageContaining("did not answer in time");
  }
}
