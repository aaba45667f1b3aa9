package dev.cutover.proof.strace;

import dev.cutover.proof.ScratchRoot;
import dev.cutover.transport.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Single portions of the proof. */
public final class StraceCheck {

  private StraceCheck() {}

  /** Whether this machine can. */
  public static boolean works() {
    return Strace.works();
  }

  /** What an operation does wrong that nothing disturbs. */
  public static List<String> undisturbed(String op, Path work, UnaryOperator<String> patch)
      throws IOException {
    return new OperationBench(named(op), work, patch).prepare();
  }

  /** What it does wrong when {@code fault} happens at a call on a path with this end. */
  public static List<String> at(
      String op, CallFault fault, String call, String path, Path work, UnaryOperator<String> patch)
      throws IOException {
    OpCase named = named(op);
    OperationBench bench = new OperationBench(named, work, patch);
    List<String> problems = new ArrayList<>(bench.prepare());
    for (FileCall known : bench.calls()) {
      if (known.name().startsWith(call) && known.path().endsWith(path)) {
        problems.addAll(
            bench.disturb(new Injection(named, known, fault, Injection.Sequel.REPEAT)).problems());
      }
    }
    return problems;
  }

  /** A connection whose first such call on {@code path} takes three seconds. */
  public static Connection slow(String call, Path path, Path work) {
    FileCall first = new FileCall(0, call, "", List.of(path.toString()), 1, Optional.empty());
    return new Strace(work.resolve("slow")).injecting(first, CallFault.DELAY);
  }

  private static OpCase named(String name) {
    return OpCase.all().stream().filter(op -> op.name().equals(name)).findFirst().orElseThrow();
  }

  /** Where its operations are performed. */
  public static ScratchRoot stage(Path work) throws IOException {
    return ScratchRoot.in(java.nio.file.Files.createDirectories(work.resolve("stage")));
  }
}
