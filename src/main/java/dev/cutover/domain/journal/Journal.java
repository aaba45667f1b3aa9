package dev.cutover.domain.journal;

import dev.cutover.domain.Layout;
import java.time.Instant;
import java.util.List;

/** A host's records, oldest first. */
public record Journal(List<Line> lines) {

  public static final Journal EMPTY = new Journal(List.of());

  public Journal {
    lines = List.copyOf(lines);
  }

  /** The same records, with our releases at their places below a root that may have moved. */
  public Journal under(Layout layout) {
    return MovedRoot.read(this, layout);
  }

  /**
   * One record with the stamp the host gave it.
   *
   * @param at the host's clock, to the second
   * @param seq of the token it was written under
   */
  public record Line(Instant at, long seq, JournalEntry entry) {}
}
