package dev.cutover.app;

import dev.cutover.domain.Targets;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.domain.journal.Run;
import dev.cutover.step.Member;
import java.util.List;

/**
 * What an interrupted run had decided, as far as the hosts that are here can tell. The decision is
 * a COMMIT on every member before anybody is told of a success, on the coordinator first.
 */
enum PastDecision {
  /** Somebody has its COMMIT: all go forward. */
  FORWARD,
  /** Nobody can have been told of a success: all go back. */
  BACK,
  /** Nobody here can know. */
  UNKNOWN;

  /** What the members' journals say of a run that is open on one of them at least. */
  static PastDecision of(String runId, List<Member> members) {
    // A journal that does not know the run has lost it, or never had it: it says nothing.
    List<Run> known =
        members.stream().flatMap(member -> member.history().run(runId).stream()).toList();
    if (known.stream().anyMatch(Run::takenBack)) {
      // Where that was written, COMMIT was missing: nobody was told of a success.
      return BACK;
    }
    if (known.stream().anyMatch(run -> run.commit().isPresent() || run.endedForward())) {
      return FORWARD;
    }
    return known.stream().map(Run::started).allMatch(run -> canTell(run, known, members))
        ? BACK
        : UNKNOWN;
  }

  /** Whether journals without a COMMIT mean that there is none that counts. */
  private static boolean canTell(RunStarted run, List<Run> known, List<Member> members) {
    return run.onAll() || known.size() >= run.members().size() || knowsCoordinator(run, members);
  }

  private static boolean knowsCoordinator(RunStarted run, List<Member> members) {
    return members.stream()
        .filter(member -> Targets.same(run.members().get(0), member.host().target()))
        .anyMatch(member -> member.history().run(run.runId()).isPresent());
  }
}
