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

/** Removes releases. A goal that does nothing else says what went, and how much room that made. */
final class Removal {

  private static final Set<Goal> TOLD = Set.of(Goal.PRUNE, Goal.DISCARD);

  private Removal() {}

  static Deed deed(RunInfo run, List<ReleaseId> ids) {
    return TOLD.contains(run.goal())
        ? new Deed.Code(bench -> told(bench, run, new HostOp.Prune(run.runId(), ids, true)))
        : Deed.ops(new HostOp.Prune(run.runId(), ids));
  }

  private static String told(Bench bench, RunInfo run, HostOp.Prune prune) {
    OpResult result = bench.perform(List.of(prune)).get(0);
    if (!result.ok()) {
      throw bench.failure(prune, result);
    }
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
