package dev.cutover.transport;

import dev.cutover.domain.HostFacts;
import dev.cutover.domain.HostFacts.Current;
import dev.cutover.domain.HostFacts.Tools;
import dev.cutover.domain.Layout;
import dev.cutover.domain.Neighbours;
import dev.cutover.domain.Percent;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Understands {@code facts.sh}, and what {@code lock.sh} says before it. */
final class FactsReader implements Reply.Reader {

  private final Map<String, List<String>> said = new TreeMap<>();
  private final StringBuilder journal = new StringBuilder();
  private final List<String> heard = new ArrayList<>();
  private boolean inJournal;

  @Override
  public void said(String word, String rest) {
    inJournal = word.equals("journal") || (inJournal && !word.equals("journal-end"));
    said.computeIfAbsent(word, w -> new ArrayList<>()).add(rest);
  }

  @Override
  public void heard(String line) {
    if (inJournal) {
      journal.append(line).append('\n');
    } else {
      heard.add(line);
    }
  }

  Optional<String> one(String word) {
    return all(word).map(Percent::decode).findFirst();
  }

  String journalText() {
    return journal.toString();
  }

  /** What tools wrote, for people. */
  String tools() {
    return String.join("\n", heard);
  }

  HostFacts facts() {
    Instant clock = Instant.ofEpochSecond(Long.parseLong(one("clock").orElseThrow()));
    String[] disk = one("disk").orElse("0 - same").split(" ", 3);
    return new HostFacts(
        new Layout(new RemotePath(one("root").orElseThrow())),
        one("user").orElse(""),
        clock,
        Tools.valueOf(one("tools").orElse("linux").toUpperCase(Locale.ROOT)),
        all("missing").toList(),
        current(),
        ids("release"),
        ids("staged"),
        one("lock"),
        said.containsKey("alive"),
        one("beat"),
        Long.parseLong(disk[0]) * 1024,
        disk[1].equals("-") ? Long.MAX_VALUE : Long.parseLong(disk[1]),
        disk[2].equals("same"),
        said.containsKey("writable"),
        all("missing-shared").map(Percent::decode).toList(),
        said.containsKey("leftover"),
        one("foreign"),
        JournalCodec.parse(journal.toString()),
        new Neighbours(marks(), revisions()),
        place());
  }

  private HostFacts.Place place() {
    String[] words = all("place").findFirst().orElse("- - -").split(" ", 3);
    return new HostFacts.Place(word(words[0]), word(words[1]), word(words[2]));
  }

  private static String word(String text) {
    return text.equals("-") ? "" : Percent.decode(text);
  }

  private Map<ReleaseId, String> marks() {
    Map<ReleaseId, String> marks = new HashMap<>();
    all("marked")
        .map(line -> line.split(" ", 2))
        .filter(words -> words.length == 2 && ReleaseId.isSafe(Percent.decode(words[0])))
        .forEach(words -> marks.put(new ReleaseId(Percent.decode(words[0])), words[1]));
    return marks;
  }

  private List<Neighbours.Revision> revisions() {
    return all("revisions")
        .flatMap(line -> Stream.of(line.split(" ")))
        .filter(word -> word.length() > 1 && ReleaseId.isSafe(word.substring(1)))
        .map(
            word ->
                new Neighbours.Revision(new ReleaseId(word.substring(1)), word.charAt(0) == '-'))
        .toList();
  }

  private Current current() {
    String[] words = all("current").findFirst().orElse("absent ").split(" ", 2);
    return switch (words[0]) {
      case "live" -> new Current.Live(new RemotePath(Percent.decode(words[1])));
      case "dangling" -> new Current.Dangling(new RemotePath(Percent.decode(words[1])));
      case "other" -> new Current.NotALink();
      default -> new Current.Absent();
    };
  }

  private List<ReleaseId> ids(String word) {
    return all(word).map(Percent::decode).filter(ReleaseId::isSafe).map(ReleaseId::new).toList();
  }

  private Stream<String> all(String word) {
    return said.getOrDefault(word, List.of()).stream();
  }
}
