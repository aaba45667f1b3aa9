package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.error.StoppedException;
import dev.cutover.testkit.app.Rig;
import dev.cutover.testkit.sim.SimServer;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoppableHostTest {

  private final SimServer server = new Rig("app1").server("app1");
  private final Stop stop = new Stop();
  private final HostConnector connector = StoppableHost.over(target -> server.connect(), stop);
  private final Target target = server.target();

  @Test
  void onceToldToStopItNotesThatAndChangesNothingMore() {
    Host host = connector.connect(target);
    FactsQuery query = new FactsQuery(target.root(), Shared.NONE);
    LockToken token =
        ((LockReply.Granted)
                host.lock(
                    new LockRequest("00000000000000aa", "anna@ci", Goal.RELEASE, List.of(), ""),
                    query))
            .token();
    host.hold(server.layout(), token);
    List<HostOp> unlock = List.of(new HostOp.Unlock());
    stop.ended();
    stop.request(1);
    assertThat(server.journal().lines())
        .extracting(line -> line.entry())
        .contains(new JournalEntry.Stopped(token.runId(), "signal"));
    assertThatThrownBy(() -> host.perform(server.layout(), token, unlock, OpListener.SILENT))
        .isInstanceOf(StoppedException.class)
        .hasMessage("app1: the run was told to stop, and did nothing more there");
    assertThatThrownBy(() -> connector.connect(target)).isInstanceOf(StoppedException.class);
    assertThat(host.facts(query).lock()).contains(token.text());
  }

  @Test
  void aRunThatDoesNotEndIsNotWaitedForForever() {
    long start = System.nanoTime();
    stop.request(1);
    assertThat(System.nanoTime() - start).isGreaterThan(900_000_000L);
    assertThat(stop.requested()).isTrue();
  }
}
