package dev.cutover.domain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What other tools that deploy to the same root say of its releases.
 *
 * @param marks by release, the file in it that says that it is not fit, e.g. {@code BAD_RELEASE}
 * @param revisions the newest lines of {@code revisions.log}, oldest first; ours are among them
 */
public record Neighbours(Map<ReleaseId, String> marks, List<Revision> revisions) {

  public static final Neighbours NONE = new Neighbours(Map.of(), List.of());

  public Neighbours {
    marks = Map.copyOf(marks);
    revisions = List.copyOf(revisions);
  }

  /**
   * A line of {@code revisions.log}. A tool writes it when it is done, so the release was live.
   *
   * @param rollback whether it was rolled back to, away from what was live until then
   */
  public record Revision(ReleaseId release, boolean rollback) {}

  /** What speaks against a release. */
  public Optional<String> mark(ReleaseId id) {
    return Optional.ofNullable(marks.get(id));
  }

  /** Whether a release was live and nobody has rolled away from it since. */
  public boolean proven(ReleaseId id) {
    Tale tale = new Tale(revisions);
    return tale.known.contains(id) && !tale.left.contains(id);
  }

  /**
   * What was live before {@code live} went live. One that is not in the log came after all that
   * are.
   */
  public Optional<ReleaseId> liveBefore(ReleaseId live) {
    Tale tale = new Tale(revisions);
    return Optional.ofNullable(tale.known.contains(live) ? tale.before.get(live) : tale.live)
        .filter(before -> !before.equals(live));
  }

  /** The lines, told one after the other. */
  private static final class Tale {
    private final Set<ReleaseId> known = new HashSet<>();
    private final Set<ReleaseId> left = new HashSet<>();
    private final Map<ReleaseId, ReleaseId> before = new HashMap<>();
    private @org.jspecify.annotations.Nullable ReleaseId live;

    Tale(List<Revision> revisions) {
      for (Revision revision : revisions) {
        if (live != null && revision.rollback() && !live.equals(revision.release())) {
          left.add(live);
        }
        if (live != null && !revision.rollback()) {
          before.put(revision.release(), live);
        }
        live = revision.release();
        known.add(live);
        left.remove(live);
      }
    }
  }
}
