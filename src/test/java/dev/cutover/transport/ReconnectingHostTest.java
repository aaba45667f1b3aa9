package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.error.HostLostException;
import dev.cutover.error.HostRefusedException;
import dev.cutover.testkit.app.Rig;
import dev.cutover.testkit.sim.SimServer;
import dev.cutover.testkit.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReconnectingHostTest {

  private final Rig rig = new Rig("app1");
  private final ManualClock clock = rig.clock;
  private final SimServer server = rig.server("app1");
  private final AtomicInteger connections = new AtomicInteger();

  private Host host(HostConnector connector) {
    return ReconnectingHost.over(connector, clock, rig.sleeper).connect(server.target());
  }

  private Host connect(Target to) {
    connections.incrementAndGet();
    assertThat(to).isEqualTo(server.target());
    return server.connect();
  }

  @Test
  void aLostReplyIsAskedForAgainOverANewConnection() {
    Host host = host(this::connect);
    LockReply.Granted granted = lock(host);
    AtomicInteger times = new AtomicInteger();
    server.lost = op -> times.getAndIncrement() == 0;
    List<OpResult> results =
        host.perform(
            granted.facts().layout(),
            granted.token(),
            List.of(new HostOp.LogRevision("once")),
            OpListener.SILENT);
    assertThat(results).hasSize(1).allMatch(OpResult::ok);
    assertThat(server.revisions()).containsExactly("once");
    assertThat(connections).hasValue(2);
  }

  @Test
  void aLostReplyToARunsLastBatchIsNoTakeover() {
    Host host = host(this::connect);
    LockReply.Granted granted = lock(host);
    List<HostOp> last =
        List.of(
            new HostOp.Append(new JournalEntry.RunEnded(granted.token().runId(), Outcome.RELEASED)),
            new HostOp.Unlock());
    server.repliesToLose = 1;
    List<OpResult> results =
        host.perform(granted.facts().layout(), granted.token(), last, OpListener.SILENT);
    assertThat(results).hasSize(2).allMatch(OpResult::ok);
    assertThat(server.lock()).isEmpty();
  }

  @Test
  void aLockThatAnotherRunTookMeanwhileFences() {
    Host host = host(this::connect);
    LockReply.Granted granted = lock(host);
    server.lost =
        op -> {
          boolean first = server.lock().equals(Optional.of(granted.token().text()));
          server.lockedBy("99:beef:eve@else:release:1");
          return first;
        };
    List<OpResult> results =
        host.perform(
            granted.facts().layout(),
            granted.token(),
            List.of(new HostOp.Unlock()),
            OpListener.SILENT);
    assertThat(results.get(0).status()).isEqualTo(OpResult.FENCED);
  }

  @Test
  void theHolderStandsAgainOnTheNewConnection() {
    Host host = host(this::connect);
    LockReply.Granted granted = lock(host);
    host.hold(granted.facts().layout(), granted.token());
    AtomicInteger times = new AtomicInteger();
    server.lost = op -> times.getAndIncrement() == 0;
    host.perform(
        granted.facts().layout(),
        granted.token(),
        List.of(new HostOp.LogRevision("x")),
        OpListener.SILENT);
    assertThat(server.isHeld()).isTrue();
  }

  @Test
  void whatWasHeardBeforeTheReplyGotLostIsNotToldAgain() {
    Host host = host(this::connect);
    LockReply.Granted granted = lock(host);
    server.repliesToLose = 1;
    List<String> heard = new ArrayList<>();
    OpListener listener =
        new OpListener() {
          @Override
          public void started(int index) {
            heard.add("started " + index);
          }

          @Override
          public void output(int index, String line) {
            heard.add(line);
          }

          @Override
          public void ended(int index, OpResult result) {
            heard.add("ended " + index);
          }
        };
    HostOp.CommandRun command =
        new HostOp.CommandRun(
            "restart", ":", granted.facts().layout().root(), Map.of(), 5, Optional.empty());
    host.perform(
        granted.facts().layout(),
        granted.token(),
        List.of(new HostOp.Run(command, "a1")),
        listener);
    assertThat(heard).containsExactly("started 0", "exit 0", "ended 0");
  }

  @Test
  void aHostThatStaysAwayForAMinuteIsLost() {
    Host host = host(this::connect);
    LockReply.Granted granted = lock(host);
    server.lost = op -> true;
    Instant start = clock.instant();
    assertThatThrownBy(
            () ->
                host.perform(
                    granted.facts().layout(),
                    granted.token(),
                    List.of(new HostOp.Unlock()),
                    OpListener.SILENT))
        .isInstanceOf(HostLostException.class);
    assertThat(Duration.between(start, clock.instant()))
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(62));
  }

  @Test
  void aRefusalAfterTheLinkBrokeIsStillNotKnowing() {
    AtomicInteger connects = new AtomicInteger();
    Host host =
        host(
            to -> {
              if (connects.getAndIncrement() > 0) {
                throw new HostRefusedException("app1", "wrong key", "", null);
              }
              return connect(to);
            });
    LockReply.Granted granted = lock(host);
    server.lost = op -> true;
    assertThatThrownBy(
            () ->
                host.perform(
                    granted.facts().layout(),
                    granted.token(),
                    List.of(new HostOp.Unlock()),
                    OpListener.SILENT))
        .isInstanceOf(HostLostException.class)
        .hasMessageContaining("the host now refuses: app1: wrong key");
  }

  private static LockReply.Granted lock(Host host) {
    LockRequest request =
        new LockRequest(
            "00000000000000aa", "anna@ci", Goal.RELEASE, List.of("sftp://app1"), "sftp://app1");
    FactsQuery query = new FactsQuery(host.target().root(), Shared.NONE);
    return (LockReply.Granted) host.lock(request, query);
  }
}
