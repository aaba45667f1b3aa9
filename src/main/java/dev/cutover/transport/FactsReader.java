package dev.cutover.transport;

import dev.cutover.domain.HostFacts;
import dev.cutover.domain.HostFacts.Current;
import dev.cutover.domain.HostFacts.Tools;
import dev.cutover.domain.Layout;
import dev.cutover.domain.Neighbours;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.journal.JournalCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Understands {@code facts.sh}, and what {@code lock.sh} says before it. */
final class FactsReader implements Reply.Reader {

  private static final int LONGEST_NAME = 256;

  private static final long KIBIBYTE = 1024;

  private final Map<String, List<String>> said = new TreeMap<>();
  private final StringBuilder journal = new StringBuilder();
  private long journalBytes;
  private int journalLines;
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
      journalBytes += HostText.bytes(line) + 1;
      Budget.JOURNAL.check(journalBytes);
      journalLines++;
      journal.append(line).append('\n');
    } else if (heard.size() < Budget.MESSAGE_LINES) {
      heard.add(HostText.plain(line, Budget.MESSAGE_LINE));
    }
  }

  Optional<String> one(String word) {
    return all(word).findFirst().map(text -> HostText.decoded(word, text));
  }

  /** How long the journal is, in bytes. */
  long journalBytes() {
    return journalBytes;
  }

  /** How often it begins a new line; the script ends the last for it. */
  int journalNewlines() {
    return journalLines - 1;
  }

  /** What tools wrote, for people. */
  String tools() {
    return String.join("\n", heard);
  }

  /**
   * All of them.
   *
   * @throws NotUnderstood if one means nothing
   */
  HostFacts facts() {
    String[] disk = one("disk").orElse("0 - same").split(" ", 3);
    return new HostFacts(
        new Layout(HostText.path("its root", first("root"))),
        HostText.plain(one("user").orElse(""), LONGEST_NAME),
        HostText.clock(one("clock").orElse("")),
        tools(one("tools").orElse("linux")),
        all("missing").map(tool -> HostText.plain(tool, LONGEST_NAME)).toList(),
        current(),
        ids("release"),
        ids("staged"),
        one("lock"),
        said.containsKey("alive"),
        one("beat").filter(HostText::isCount),
        free(disk, 0, KIBIBYTE),
        free(disk, 1, 1),
        disk.length < 3 || disk[2].equals("same"),
        said.containsKey("writable"),
        all("missing-shared").map(file -> HostText.decoded("a shared file", file)).toList(),
        said.containsKey("leftover"),
        one("foreign"),
        JournalCodec.parse(journal.toString()),
        new Neighbours(marks(), revisions()),
        place());
  }

  private HostFacts.Place place() {
    String[] words = first("place").split(" ", 3);
    return new HostFacts.Place(word(words, 0), word(words, 1), word(words, 2));
  }

  private static String word(String[] words, int index) {
    boolean told = words.length > index && !words[index].equals("-");
    return told ? HostText.decoded("where its root lies", words[index]) : "";
  }

  /** As much as there can be, where the host does not count. */
  private static long free(String[] disk, int word, long unit) {
    OptionalLong number = disk.length > word ? HostText.number(disk[word]) : OptionalLong.empty();
    return number.isEmpty() || number.getAsLong() > Long.MAX_VALUE / unit
        ? Long.MAX_VALUE
        : number.getAsLong() * unit;
  }

  private static Tools tools(String said) {
    return Stream.of(Tools.values())
        .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(said))
        .findFirst()
        .orElseThrow(() -> HostText.unusable("the family of its tools", said));
  }

  private String first(String word) {
    return all(word).findFirst().orElse("");
  }

  private Map<ReleaseId, String> marks() {
    Map<ReleaseId, String> marks = new HashMap<>();
    all("marked")
        .map(line -> line.split(" ", 2))
        .filter(words -> words.length == 2)
        .forEach(
            words ->
                id("marked", words[0])
                    .ifPresent(id -> marks.put(id, HostText.plain(words[1], LONGEST_NAME))));
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
    String[] words = first("current").split(" ", 2);
    String to = words.length == 2 ? words[1] : "";
    return switch (words[0]) {
      case "live" -> new Current.Live(HostText.path("current", to));
      case "dangling" -> new Current.Dangling(HostText.path("current", to));
      case "other" -> new Current.NotALink();
      case "absent" -> new Current.Absent();
      default -> throw HostText.unusable("current", words[0]);
    };
  }

  private List<ReleaseId> ids(String word) {
    return all(word).flatMap(text -> id(word, text).stream()).toList();
  }

  /** No release where the name is none: other tools may put anything beside ours. */
  private static Optional<ReleaseId> id(String word, String text) {
    return Optional.of(HostText.decoded(word, text)).filter(ReleaseId::isSafe).map(ReleaseId::new);
  }

  private Stream<String> all(String word) {
    return said.getOrDefault(word, List.of()).stream();
  }
}
