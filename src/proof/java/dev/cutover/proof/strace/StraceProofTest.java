package dev.cutover.proof.strace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.proof.Proof;
import dev.cutover.proof.strace.Injection.Sequel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A kill, a crash, EIO and ENOSPC at every call by which a host script changes or syncs the file
 * system. Nothing may be broken then, a reported success must be one, and repeating the operation
 * must end as if nothing had happened.
 */
@Tag("proof")
class StraceProofTest {

  private static final int SAMPLE = 32;
  private static final int SAMPLED_OPERATIONS = 4;

  @Test
  void noFaultAtAnyCallBreaksAnythingOrIsTakenForSuccess(@TempDir Path work) throws IOException {
    assumeTrue(Strace.works(), "strace may not trace here: install the Debian package strace");
    Proof proof = Proof.named("strace");
    List<String> violations = new ArrayList<>();
    int all = 0;
    int tried = 0;
    int struck = 0;
    int calls = 0;
    List<OpCase> ops = proof.share(selected(), SAMPLED_OPERATIONS);
    for (OpCase op : ops) {
      OperationBench bench = new OperationBench(op, directory(work, all), UnaryOperator.identity());
      violations.addAll(bench.prepare());
      List<Injection> grid = grid(op, bench.calls());
      int came = 0;
      List<Injection> chosen = proof.share(grid, SAMPLE / ops.size());
      for (Injection injection : chosen) {
        OperationBench.Verdict verdict = bench.disturb(injection);
        if (verdict.struck()) {
          came++;
        } else {
          System.out.println("did not come to pass: " + injection);
        }
        verdict.problems().forEach(System.out::println);
        violations.addAll(verdict.problems());
      }
      System.out.printf(
          "%s: %d calls, %d of %d faults, %d came to pass%n",
          op, bench.calls().size(), chosen.size(), grid.size(), came);
      calls += bench.calls().size();
      all += grid.size();
      tried += chosen.size();
      struck += came;
    }
    proof.figures(
        "%d operations, %d calls, %d of %d faults injected, %d came to pass, %d violations"
            .formatted(ops.size(), calls, tried, all, struck, violations.size()));
    assertThat(violations).as(proof.seed()).isEmpty();
    assertThat(struck).as(proof.seed()).isGreaterThan(tried * 9 / 10);
  }

  private static List<Injection> grid(OpCase op, List<FileCall> calls) {
    List<Injection> grid = new ArrayList<>();
    for (FileCall call : calls) {
      for (CallFault fault : CallFault.GRID) {
        grid.add(new Injection(op, call, fault, Sequel.REPEAT));
      }
      grid.add(new Injection(op, call, CallFault.CRASH, Sequel.TAKEOVER));
    }
    return grid;
  }

  private static List<OpCase> selected() {
    String wanted = System.getProperty("proof.op", "");
    return OpCase.all().stream().filter(op -> op.name().startsWith(wanted)).toList();
  }

  private static Path directory(Path work, int index) throws IOException {
    return Files.createDirectories(work.resolve("op" + index));
  }
}
