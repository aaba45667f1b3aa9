package dev.cutover.proof.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.proof.Proof;
import dev.cutover.testkit.Commands;
import dev.cutover.testkit.database.Gate;
import dev.cutover.testkit.database.MigratedSite;
import dev.cutover.testkit.database.MigrationTool;
import dev.cutover.testkit.database.Sql;
import dev.cutover.testkit.database.WithPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Releases that migrate a real database are broken at every statement, in every way: each ends with
 * the change whole and once, or with nothing of it, or says that it is in doubt.
 *
 * <p>A seeded sample; all of it with {@code -Dproof=full}, of some tools alone with {@code
 * -Dproof.tools=SQL,RAILS}, at most so many points of each with {@code -Dproof.points=20}.
 */
@Tag("proof")
@Order(6)
class ReleaseProofTest extends WithPostgres {

  private static final boolean FULL = Proof.full();
  private static final int SAMPLE = 4;

  private final long seed = Long.getLong("proof.seed", System.nanoTime());

  enum Fault {
    FAILS,
    TOOL_KILLED,
    GROUP_KILLED,
    BACKEND_ENDED,
    CLIENT_KILLED
  }

  @Test
  void everyReleaseEndsWithTheChangeOnceOrNotAtAllOrInDoubt(@TempDir Path temp) throws Exception {
    System.out.printf(Locale.ROOT, "replay with -Dproof.seed=%d%n", seed);
    Random random = new Random(seed);
    List<MigrationTool> others = new ArrayList<>(List.of(MigrationTool.values()));
    others.remove(MigrationTool.SQL);
    List<MigrationTool> tools =
        FULL
            ? Arrays.stream(System.getProperty("proof.tools", all()).split(","))
                .map(MigrationTool::valueOf)
                .toList()
            : List.of(MigrationTool.SQL, others.get(random.nextInt(others.size())));
    int points = 0;
    int doubts = 0;
    for (MigrationTool tool : tools) {
      Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
      for (Outcome outcome :
          grid(tool, Files.createDirectories(temp.resolve(tool.name())), random)) {
        outcomes.merge(outcome, 1, Integer::sum);
        points++;
        doubts += outcome == Outcome.IN_DOUBT ? 1 : 0;
      }
      System.out.printf(Locale.ROOT, "%s: %s%n", tool, outcomes);
    }
    System.out.printf(
        Locale.ROOT,
        "%d releases broken%s, 0 double up, 0 missed down, %d doubts, each reported%n",
        points,
        FULL ? "" : ", a share: %d of SQL's points, one of another tool's".formatted(SAMPLE),
        doubts);
  }

  private static String all() {
    return String.join(
        ",", Arrays.stream(MigrationTool.values()).map(MigrationTool::name).toList());
  }

  private List<Outcome> grid(MigrationTool tool, Path temp, Random random) throws Exception {
    MigratedSite site = new MigratedSite(postgres, tool, temp);
    String before = site.schema();
    int statements = statements(site);
    String after = site.schema();
    List<Point> points = new ArrayList<>();
    for (int k = 1; k <= statements; k++) {
      for (Fault fault : Fault.values()) {
        points.add(new Point(site, tool, before, after, k, fault));
      }
    }
    String one = System.getProperty("proof.case", "");
    points.removeIf(point -> !one.isEmpty() && !one.equals(point.fault + "/" + point.statement));
    Collections.shuffle(points, random);
    List<Outcome> outcomes = new ArrayList<>();
    int most = FULL ? Integer.getInteger("proof.points", points.size()) : sample(tool);
    for (Point point : points.subList(0, Math.min(most, points.size()))) {
      site.reset();
      try {
        outcomes.add(point.play());
      } catch (AssertionError | Exception e) {
        throw new AssertionError(
            "%s, %s at statement %d of %d, seed %d"
                .formatted(tool, point.fault, point.statement, statements, seed),
            e);
      }
    }
    return outcomes;
  }

  private static int sample(MigrationTool tool) {
    return tool == MigrationTool.SQL ? SAMPLE : 1;
  }

  private static int statements(MigratedSite site) throws Exception {
    try (Connection connection = site.connect()) {
      Gate gate = new Gate(connection);
      gate.count();
      OutcomeReport whole = site.shop.release(2, site.root);
      assertThat(whole.happened()).isEmpty();
      assertThat(site.data()).isEqualTo("1 kept");
      int passed = gate.passed();
      gate.open();
      return passed;
    }
  }

  private record Point(
      MigratedSite site,
      MigrationTool tool,
      String before,
      String after,
      int statement,
      Fault fault) {

    Outcome play() throws Exception {
      OutcomeReport report = broken();
      if (report.outcome() == Outcome.IN_DOUBT) {
        assertThat(tool).as(report.happened()).isNotEqualTo(MigrationTool.SQL);
        assertThat(site.schema() + site.data()).isNotEqualTo(before + "0 kept");
        assertThat(report.next())
            .contains(
                "-Ddeploy.migration=db:applied (the change is there) or mvn deploy:recover -Ddeploy.migration=db:undone");
        // Nothing more is touched until somebody has looked.
        String left = site.schema() + site.data();
        assertThat(site.shop.release(2, site.root).success()).isFalse();
        assertThat(site.schema() + site.data()).isEqualTo(left);
        assertThat(site.live()).isEqualTo("release 1");
        return report.outcome();
      }
      // Of a client that was killed the rest was settled, and the release that settled it went on;
      // and a tool may get over the loss of its connection.
      if (report.outcome() != Outcome.RELEASED) {
        assertThat(fault).as(report.happened()).isNotEqualTo(Fault.CLIENT_KILLED);
        assertThat(report.outcome()).as(report.happened()).isEqualTo(Outcome.REVERTED);
        assertThat(site.live()).isEqualTo("release 1");
        boolean stays = !tool.down() && site.schema().equals(after);
        assertThat(site.schema()).isEqualTo(stays ? after : before);
        assertThat(site.data()).isEqualTo(stays ? "1 kept" : "0 kept");
        OutcomeReport again = site.shop.release(2, site.root);
        assertThat(again.happened()).isEmpty();
        assertThat(again.outcome()).isEqualTo(Outcome.RELEASED);
      }
      assertThat(site.live()).isEqualTo("release 2");
      assertThat(site.schema()).isEqualTo(after);
      assertThat(site.data()).isEqualTo("1 kept");
      return report.outcome();
    }

    private OutcomeReport broken() throws Exception {
      try (Connection connection = site.connect()) {
        Gate gate = new Gate(connection);
        if (fault == Fault.FAILS) {
          gate.failAt(statement);
          OutcomeReport failed = site.shop.release(2, site.root);
          gate.open();
          return failed;
        }
        gate.holdAt(statement);
        if (fault == Fault.CLIENT_KILLED) {
          Process client = site.shop.client(2, site.root);
          try {
            held(gate);
          } finally {
            client.destroyForcibly().waitFor();
          }
          return openBehind(gate, release());
        }
        CompletableFuture<OutcomeReport> running = release();
        int backend = held(gate);
        switch (fault) {
          case BACKEND_ENDED -> Sql.run(connection, "select pg_terminate_backend(" + backend + ")");
          case TOOL_KILLED -> killTool();
          default -> Commands.sh("kill -KILL -\"$1\"", Long.toString(site.up().pid()));
        }
        return openBehind(gate, running);
      }
    }

    private void killTool() throws IOException {
      site.up()
          .descendants()
          .filter(handle -> handle.children().findAny().isEmpty())
          .forEach(ProcessHandle::destroyForcibly);
    }

    private CompletableFuture<OutcomeReport> release() {
      return CompletableFuture.supplyAsync(
          () -> {
            try {
              return site.shop.release(2, site.root);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
    }

    private static int held(Gate gate) throws Exception {
      int backend = gate.awaitHeld(240);
      assertThat(backend).as("came to the gate").isPositive();
      return backend;
    }

    /** Lets the server go on after whoever is there now has had time to act too early. */
    private static OutcomeReport openBehind(Gate gate, CompletableFuture<OutcomeReport> running)
        throws Exception {
      Thread.sleep(500);
      String held = gate.held();
      assertThat(held).as("one backend at most").doesNotContain(";");
      assertThat(held.isEmpty() || !running.isDone()).isTrue();
      gate.open();
      return running.get(400, TimeUnit.SECONDS);
    }
  }
}
