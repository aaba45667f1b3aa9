package dev.cutover.step;

import dev.cutover.domain.ReleaseId;
import dev.cutover.error.CutoverException;
import dev.cutover.transport.Differences;
import dev.cutover.transport.HostQuery;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;

/** Whether a release is on a host as it was sealed. */
public sealed interface Wholeness {

  /** It was compared with its manifest. */
  record Compared(Differences differences) implements Wholeness {}

  /** It has no manifest: another tool made it, or a person. */
  record Incomparable() implements Wholeness {}

  /** It could not be compared. */
  record Untold(String why) implements Wholeness {}

  /** Compares it there; one round trip. */
  static Wholeness of(Member member, ReleaseId id) {
    OpResult drift;
    try {
      drift = member.host().query(member.layout(), new HostQuery.Drift(id), OpListener.SILENT);
    } catch (CutoverException e) {
      return new Untold(String.valueOf(e.getMessage()));
    }
    if (drift.status() == HostQuery.Drift.NO_MANIFEST) {
      return new Incomparable();
    }
    return drift.ok()
        ? new Compared(Differences.of(drift))
        : new Untold(drift.message().strip().replace('\n', ' '));
  }

  /** How it differs from what was sealed, in a few words; empty when it is not known to. */
  default String damage() {
    return this instanceof Compared compared && compared.differences().damaged()
        ? compared.differences().words()
        : "";
  }
}
