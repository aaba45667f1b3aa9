package dev.cutover.proof.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.proof.Proof;
import dev.cutover.testkit.database.Gate;
import dev.cutover.testkit.database.MigrationTool;
import dev.cutover.testkit.database.PresetBench;
import dev.cutover.testkit.database.PresetBench.Running;
import dev.cutover.testkit.database.PresetBench.Said;
import dev.cutover.testkit.database.Sql;
import dev.cutover.testkit.database.WithPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each preset with its real tool, a real project and a real PostgreSQL: what {@code check} says
 * after {@code up} came to any end is the truth, and what can be taken back is.
 */
@Tag("proof")
@Order(4)
class PresetsTest extends WithPostgres {

  private static final boolean FULL = Proof.full();
  private static final int APPLIED = 0;
  private static final int NOT_APPLIED = 1;
  private static final int PARTLY = 2;
  private static final int CANNOT_TELL = 9;

  private final long seed = Long.getLong("proof.seed", System.nanoTime());

  enum Fault {
    FAILS,
    TOOL_KILLED,
    GROUP_KILLED,
    BACKEND_ENDED
  }

  @ParameterizedTest
  @EnumSource
  void appliesOnceTellsAndTakesBack(MigrationTool tool, @TempDir Path temp) throws Exception {
    PresetBench bench = new PresetBench(postgres, tool, temp);
    String before = bench.schema();
    String from = bench.run(2, "version", "").line();
    assertThat(from.lines()).hasSize(2);
    assertThat(bench.run(2, "check", from).status()).isEqualTo(NOT_APPLIED);
    assertThat(bench.run(2, "backup", from)).matches(said -> said.status() == 0);
    assertThat(Files.size(bench.backup())).isPositive();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.backup())))
        .isEqualTo("rw-------");

    assertThat(bench.run(2, "up", from)).matches(said -> said.status() == 0);
    assertThat(bench.run(2, "check", from).status()).isEqualTo(APPLIED);
    assertThat(state(bench)).isEqualTo("1 kept");
    assertThat(bench.run(2, "up", from)).matches(said -> said.status() == 0);
    assertThat(state(bench)).isEqualTo("1 kept");
    assertThat(bench.run(2, "version", "").line()).contains("\npending= ");

    if (tool.down()) {
      assertThat(bench.run(2, "down", from)).matches(said -> said.status() == 0);
      assertThat(bench.run(2, "check", from).status()).isEqualTo(NOT_APPLIED);
      assertThat(bench.schema()).isEqualTo(before);
      assertThat(state(bench)).isEqualTo("0 kept");
      assertThat(bench.run(2, "down", from)).matches(said -> said.status() == 0);
      assertThat(bench.run(2, "down", "").status()).isNotZero();
      assertThat(bench.run(2, "up", from)).matches(said -> said.status() == 0);
      assertThat(state(bench)).isEqualTo("1 kept");
    }
    assertThat(bench.run(2, "restore", from)).matches(said -> said.status() == 0);
    assertThat(bench.schema()).isEqualTo(before);
    assertThat(state(bench)).isEqualTo("0 kept");
    assertThat(bench.run(2, "version", "").line()).isEqualTo(from);
  }

  /** All, or plain SQL and one of the others. */
  Stream<MigrationTool> tools() {
    MigrationTool[] all = MigrationTool.values();
    return FULL
        ? Stream.of(all)
        : Stream.of(MigrationTool.SQL, all[1 + new Random(seed).nextInt(all.length - 1)]);
  }

  @ParameterizedTest
  @MethodSource("tools")
  void isToldTheTruthOfWhateverEndItComesTo(MigrationTool tool, @TempDir Path temp)
      throws Exception {
    System.out.printf(Locale.ROOT, "%s: replay with -Dproof.seed=%d%n", tool, seed);
    PresetBench bench = new PresetBench(postgres, tool, temp);
    bench.gated();
    String from = bench.run(2, "version", "").line();
    String before = bench.schema();
    int statements = statements(bench, from);
    List<Point> points = new ArrayList<>();
    for (int k = 1; k <= statements; k++) {
      for (Fault fault : Fault.values()) {
        points.add(new Point(bench, tool, from, before, k, fault));
      }
    }
    Collections.shuffle(points, new Random(seed));
    int doubts = 0;
    List<Point> chosen = FULL ? points : points.subList(0, sample(tool, points.size()));
    for (Point point : chosen) {
      bench.reset();
      try {
        doubts += point.play() ? 0 : 1;
      } catch (AssertionError | Exception e) {
        throw new AssertionError(
            "%s, %s at statement %d of %d, seed %d"
                .formatted(tool, point.fault, point.statement, statements, seed),
            e);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d of %d points (%d statements), %d doubts told, 0 violations%n",
        tool,
        chosen.size(),
        points.size(),
        statements,
        doubts);
  }

  /** It exits 0 when its connection broke and it has rolled back. */
  @Test
  void theExitStatusOfFlywayIsNotBelieved(@TempDir Path temp) throws Exception {
    PresetBench bench = new PresetBench(postgres, MigrationTool.FLYWAY, temp);
    bench.gated();
    String from = bench.run(2, "version", "").line();
    new Point(bench, MigrationTool.FLYWAY, from, bench.schema(), 4, Fault.BACKEND_ENDED).play();
  }

  private static int sample(MigrationTool tool, int points) {
    return Math.min(points, tool == MigrationTool.SQL ? 5 : 1);
  }

  private static int statements(PresetBench bench, String from) throws Exception {
    try (Connection connection = bench.connect()) {
      Gate gate = new Gate(connection);
      gate.count();
      Said said = bench.run(2, "up", from);
      assertThat(said.status()).as(said.output()).isZero();
      int passed = gate.passed();
      gate.open();
      return passed;
    }
  }

  private static String state(PresetBench bench) throws Exception {
    try (Connection connection = bench.connect()) {
      return Sql.ask(connection, "select n from counter")
          + " "
          + Sql.ask(connection, "select name from items");
    }
  }

  /** One place at which {@code up} comes to grief, and how. */
  private record Point(
      PresetBench bench,
      MigrationTool tool,
      String from,
      String before,
      int statement,
      Fault fault) {

    /** Whether it could be told what there was. */
    boolean play() throws Exception {
      int status = breakAndCheck();
      switch (status) {
        case APPLIED -> assertThat(state(bench)).isEqualTo("1 kept");
        case NOT_APPLIED -> isAsBefore();
        case PARTLY -> assertThat(bench.schema() + state(bench)).isNotEqualTo(before + "0 kept");
        default -> {
          assertThat(status).isEqualTo(CANNOT_TELL);
          assertThat(tool).isNotEqualTo(MigrationTool.SQL);
          assertThat(bench.schema()).isNotEqualTo(before);
          return false;
        }
      }
      if (!tool.down() && status != NOT_APPLIED) {
        return status == APPLIED;
      }
      if (status != NOT_APPLIED) {
        Said down = bench.run(2, "down", from);
        if (down.status() != 0) {
          // Half of it is recorded and half of it is not: it says so.
          assertThat(tool).as(down.output()).isNotEqualTo(MigrationTool.SQL);
          assertThat(bench.schema()).isNotEqualTo(before);
          return false;
        }
        isAsBefore();
      }
      Said again = bench.run(2, "up", from);
      assertThat(again.status()).as(again.output()).isZero();
      assertThat(state(bench)).isEqualTo("1 kept");
      return true;
    }

    private void isAsBefore() throws Exception {
      assertThat(bench.schema()).isEqualTo(before);
      assertThat(state(bench)).isEqualTo("0 kept");
    }

    private int breakAndCheck() throws Exception {
      try (Connection connection = bench.connect()) {
        Gate gate = new Gate(connection);
        if (fault == Fault.FAILS) {
          gate.failAt(statement);
          assertThat(bench.run(2, "up", from).status()).isNotZero();
          gate.open();
          return bench.run(2, "check", from).status();
        }
        gate.holdAt(statement);
        Running up = bench.start(2, "up", from);
        int held = gate.awaitHeld(240);
        assertThat(held).as("came to the gate").isPositive();
        if (fault == Fault.BACKEND_ENDED) {
          Sql.run(connection, "select pg_terminate_backend(" + held + ")");
          gate.open();
          int exit = up.end().status();
          int checked = bench.run(2, "check", from).status();
          assertThat(exit == 0 && checked != APPLIED).as("success for nothing").isFalse();
          return checked;
        }
        if (fault == Fault.TOOL_KILLED) {
          up.killTool();
        } else {
          up.killGroup();
        }
        up.end();
        // The statement is still at work in the server: nobody may say that it is not.
        Running check = bench.start(2, "check", from);
        Thread.sleep(300);
        assertThat(gate.held()).isNotEmpty();
        assertThat(check.process().isAlive()).isTrue();
        gate.open();
        return check.end().status();
      }
    }
  }
}
