package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.testkit.app.Inline;
import dev.cutover.testkit.app.Rig;
import dev.cutover.testkit.sim.SimServer;
import dev.cutover.transport.HostOp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The decision is refused by, or does not reach, each set of hosts there is; then one host or
 * another is gone, and what is left is settled: nothing is told that does not stand.
 */
@Execution(ExecutionMode.CONCURRENT)
class CommitOnSomeHostsTest {

  @ParameterizedTest
  @CsvSource({"2, false", "2, true", "3, false", "3, true", "5, false", "5, true"})
  void isToldAndSettled(int hosts, boolean refused) {
    for (int set = 0; set < 1 << hosts; set++) {
      // With five hosts it is the coordinator that matters, or nobody.
      for (int gone = -1; gone < (hosts < 5 ? hosts : 1); gone++) {
        check(hosts, set, gone, refused);
      }
    }
  }

  private static void check(int hosts, int set, int gone, boolean refused) {
    List<String> names = IntStream.rangeClosed(1, hosts).mapToObj(i -> "app" + i).toList();
    String what = "not on " + Integer.toBinaryString(set) + ", gone " + gone;
    Rig rig = new Rig(names.toArray(new String[0]));
    rig.workers = tasks -> new Inline();
    ReleaseId first = release(rig, "v1").release().orElseThrow();
    for (int i = 0; i < hosts; i++) {
      SimServer server = rig.server(names.get(i));
      if ((set >> i & 1) == 1 && refused) {
        server.fails = op -> op instanceof HostOp.Commit;
      } else if ((set >> i & 1) == 1) {
        server.lost = op -> op instanceof HostOp.Commit;
      }
    }
    OutcomeReport told = release(rig, "v2");
    ReleaseId second = told.release().orElseThrow();
    assertThat(told.outcome() == Outcome.RELEASED).as(what).isEqualTo(set == 0);
    assertThat(told.success()).as(what).isEqualTo(set == 0);
    stands(rig, told, what);
    rig.servers.all().forEach(server -> server.fails = op -> false);
    rig.servers.all().forEach(server -> server.lost = op -> false);
    List<String> left = new ArrayList<>(names);
    if (gone >= 0) {
      left.remove(gone);
    }
    rig.isOver(left.toArray(new String[0]));
    OutcomeReport settled = rig.deployments().recover(rig.request());
    assertThat(settled.success()).as(what + ": " + settled.happened()).isTrue();
    Set<Optional<ReleaseId>> live = new HashSet<>();
    left.forEach(name -> live.add(rig.server(name).live()));
    boolean onSome =
        left.stream().anyMatch(name -> (set >> names.indexOf(name) & 1) == 0) && (set & 1) == 0;
    assertThat(live).as(what).containsExactly(Optional.of(onSome ? second : first));
    assertThat(release(rig, "v3").outcome()).as(what).isEqualTo(Outcome.RELEASED);
  }

  private static OutcomeReport release(Rig rig, String content) {
    rig.content = content;
    rig.clock.advance(Duration.ofMinutes(1));
    return rig.deployments().release(rig.request());
  }

  private static void stands(Rig rig, OutcomeReport told, String what) {
    for (HostState host : told.hosts()) {
      if (!host.message().startsWith("cannot be read")) {
        assertThat(rig.server(host.host()).live().map(ReleaseId::value))
            .as(what)
            .isEqualTo(host.live());
      }
    }
  }
}
