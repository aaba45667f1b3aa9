package dev.cutover.step;

import dev.cutover.domain.Goal;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Sizes;
import dev.cutover.error.CutoverException;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Removes releases. A goal that does nothing else says what went, and how much room that made; any
 * other names those that somebody may still have meant to activate.
 */
final class Removal {

  private static final Set<Goal> TOLD = Set.of(Goal.PRUNE, Goal.DISCARD);

  private Removal() {}

  /**
   * Removes {@code ids}.
   *
   * @param waiting those of them that wait to be activated
   */
  static Deed deed(RunInfo run, List<ReleaseId> ids, List<ReleaseId> waiting) {
    if (TOLD.contains(run.goal())) {
      return new Deed.Code(bench -> told(bench, run, new HostOp.Prune(run.runId(), ids, true)));
    }
    // To hear what went takes an answer of its own.
    return waiting.isEmpty()
        ? Deed.ops(new HostOp.Prune(run.runId(), ids))
        : new Deed.Code(
            bench -> named(bench, run, new HostOp.Prune(run.runId(), ids, true), waiting));
  }

  private static String named(
      Bench bench, RunInfo run, HostOp.Prune prune, List<ReleaseId> waiting) {
    List<String> gone = List.of(removed(bench, prune).value("gone").split(" "));
    List<String> named = waiting.stream().map(ReleaseId::value).filter(gone::contains).toList();
    if (!named.isEmpty()) {
      bench.tell(
          "removed %s, staged and never activated: the newest %d that wait are kept"
              .formatted(String.join(", ", named), run.spec().keep()));
    }
    return "";
  }

  private static OpResult removed(Bench bench, HostOp.Prune prune) {
    OpResult result = bench.perform(List.of(prune)).get(0);
    if (!result.ok()) {
      throw bench.failure(prune, result);
    }
    return result;
  }

  private static String told(Bench bench, RunInfo run, HostOp.Prune prune) {
    OpResult result = removed(bench, prune);
    String gone = result.value("gone");
    if (gone.isEmpty() && run.goal() == Goal.DISCARD) {
      throw new CutoverException(
          "release %s stays: %s".formatted(run.subject(), result.value("note")), "");
    }
    List<String> words = new ArrayList<>();
    words.add(
        gone.isEmpty()
            ? "nothing was removed"
            : "removed %s, %s freed"
                .formatted(gone.replace(" ", ", "), freed(result.value("freed"))));
    if (!result.value("note").isEmpty()) {
      words.add(result.value("note"));
    }
    String text = String.join("; ", words);
    bench.note(text);
    return text;
  }

  private static String freed(String bytes) {
    return bytes.isEmpty() ? "an unknown amount" : Sizes.text(Long.parseLong(bytes));
  }
}
