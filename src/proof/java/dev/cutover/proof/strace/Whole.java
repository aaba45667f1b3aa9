package dev.cutover.proof.strace;

import dev.cutover.domain.Digests;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Manifest;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.domain.journal.JournalEntry.Switched;
import dev.cutover.domain.journal.JournalEntry.Switching;
import dev.cutover.proof.Picture;
import dev.cutover.proof.ScratchRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What holds at every instant, whatever happened. */
final class Whole {

  private Whole() {}

  static List<String> problems(ScratchRoot stage, Picture before, List<JournalEntry> earlier)
      throws IOException {
    List<String> problems = new ArrayList<>();
    problems.addAll(current(stage));
    Path lock = stage.state("lock");
    if (Files.isSymbolicLink(lock)
        && LockToken.parse(Files.readSymbolicLink(lock).toString()).isEmpty()) {
      problems.add("the lock is torn: " + Files.readSymbolicLink(lock));
    }
    problems.addAll(journal(stage, earlier));
    for (var entry : before.entries().entrySet()) {
      String name = entry.getKey();
      if (name.startsWith("neighbour") || name.startsWith("root/shared/config")) {
        Path path = stage.directory().resolve(name);
        if (!Files.exists(path)) {
          problems.add(name + " is gone");
        }
      }
    }
    return problems;
  }

  /** No record is lost, and none tells of a switch that was not made. */
  private static List<String> journal(ScratchRoot stage, List<JournalEntry> earlier)
      throws IOException {
    List<JournalEntry> now = Picture.told(Picture.journal(stage.state("journal")));
    List<String> problems = new ArrayList<>();
    if (!now.containsAll(earlier)) {
      problems.add("the journal lost records: " + now + " of " + earlier);
    }
    Optional<JournalEntry> last =
        now.stream()
            .filter(entry -> entry instanceof Switched || entry instanceof Switching)
            .reduce((older, newer) -> newer);
    Path current = stage.root().resolve("current");
    String live =
        Files.isSymbolicLink(current) ? Files.readSymbolicLink(current).toString() : "nothing";
    if (last.orElse(null) instanceof Switched switched
        && !switched.to().map(RemotePath::value).orElse("nothing").equals(live)) {
      problems.add("recorded is " + switched + ", and current leads to " + live);
    }
    return problems;
  }

  private static List<String> current(ScratchRoot stage) throws IOException {
    Path current = stage.root().resolve("current");
    if (!Files.isSymbolicLink(current)) {
      return Files.exists(current) ? List.of("current is no link") : List.of();
    }
    Path to = Files.readSymbolicLink(current);
    if (!to.startsWith(stage.root().resolve("releases"))) {
      return List.of("current leads to " + to);
    }
    List<String> problems = new ArrayList<>();
    ReleaseId id = new ReleaseId(String.valueOf(to.getFileName()));
    for (Manifest.Entry file : ScratchRoot.payload(id).manifest().entries()) {
      Path there = to.resolve(file.path());
      if (file.path().startsWith("log/")) {
        continue;
      }
      if (!Files.isRegularFile(there)
          || !Digests.sha256(Files.readString(there, StandardCharsets.UTF_8))
              .equals(file.sha256())) {
        problems.add("current is not whole: " + file.path());
      }
    }
    for (String name : List.of("VERSION", "REVISION", "config/app.conf")) {
      if (!Files.exists(to.resolve(name))) {
        problems.add("current is not whole: " + name);
      }
    }
    return problems;
  }
}
