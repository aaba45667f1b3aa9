package dev.cutover.domain.journal;

import dev.cutover.domain.Layout;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry.Based;
import dev.cutover.domain.journal.JournalEntry.Described;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.JournalEntry.Switched;
import dev.cutover.domain.journal.JournalEntry.Switching;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a journal whose root has moved, or is named by another path now: its records name releases
 * by absolute paths of that time. A path {@code …/releases/<id>} means ours when the journal knows
 * the release; another tool's tree elsewhere keeps its path.
 */
final class MovedRoot {

  private final Layout layout;
  private final Set<ReleaseId> known = new HashSet<>();

  private MovedRoot(Journal journal, Layout layout) {
    this.layout = layout;
    for (Journal.Line line : journal.lines()) {
      if (line.entry() instanceof StateChanged changed) {
        known.add(changed.id());
      } else if (line.entry() instanceof Described described) {
        known.add(described.id());
      }
    }
  }

  static Journal read(Journal journal, Layout layout) {
    String ours = layout.releases().value() + "/";
    boolean stayed =
        journal.lines().stream()
            .flatMap(line -> paths(line.entry()))
            .allMatch(path -> path.value().startsWith(ours));
    if (stayed) {
      return journal;
    }
    MovedRoot moved = new MovedRoot(journal, layout);
    List<Journal.Line> lines =
        journal.lines().stream()
            .map(line -> new Journal.Line(line.at(), line.seq(), moved.here(line.entry())))
            .toList();
    return new Journal(lines);
  }

  private static Stream<RemotePath> paths(JournalEntry entry) {
    if (entry instanceof RunStarted run) {
      return run.from().stream();
    }
    if (entry instanceof Based based) {
      return based.from().stream();
    }
    if (entry instanceof Switching intent) {
      return Stream.concat(intent.from().stream(), intent.to().stream());
    }
    if (entry instanceof Switched done) {
      return Stream.concat(done.from().stream(), done.to().stream());
    }
    return Stream.empty();
  }

  private JournalEntry here(JournalEntry entry) {
    if (entry instanceof RunStarted run) {
      return new RunStarted(
          run.runId(), run.goal(), run.owner(), here(run.from()), run.members(), run.onAll());
    }
    if (entry instanceof Based based) {
      return new Based(based.runId(), here(based.from()));
    }
    if (entry instanceof Switching intent) {
      return new Switching(intent.runId(), here(intent.from()), here(intent.to()));
    }
    if (entry instanceof Switched done) {
      return new Switched(done.runId(), here(done.from()), here(done.to()));
    }
    return entry;
  }

  private Optional<RemotePath> here(Optional<RemotePath> path) {
    return path.map(then -> id(then).filter(known::contains).map(layout::release).orElse(then));
  }

  /** The name of what lies directly below a directory called as ours is. */
  private Optional<ReleaseId> id(RemotePath then) {
    String parent = "/" + layout.releases().name();
    String name = then.name();
    boolean below = then.value().endsWith(parent + "/" + name);
    return below && ReleaseId.isSafe(name) ? Optional.of(new ReleaseId(name)) : Optional.empty();
  }
}
