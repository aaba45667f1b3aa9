package dev.cutover.transport;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.journal.JournalCodec;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import java.util.Map;
import java.util.Optional;

/** Renders a request for the lock. */
final class LockCall {

  private LockCall() {}

  static Call of(LockRequest request, FactsQuery query) {
    String runId = request.runId();
    if (!runId.matches("[0-9a-f]{1,32}")) {
      throw new IllegalArgumentException("not the id of a run: '" + runId + "'");
    }
    // The host adds what current is.
    RunStarted started =
        new RunStarted(
            runId, request.goal(), request.owner(), Optional.empty(), request.members(), true);
    return new Call(
        "lock",
        Map.of(
            "RUN", runId,
            "OWNER", LockToken.safeOwner(request.owner()),
            "GOAL", request.goal().word(),
            "TARGET", request.target(),
            "BEGUN", JournalCodec.body(started),
            "FILES", OpCalls.lines(query.shared().files())));
  }
}
