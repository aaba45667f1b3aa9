package dev.cutover.proof.capistrano;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the checkers of all hosts found, question by question. */
final class Answers {

  /**
   * One question's count.
   *
   * @param so in how many cases it is so
   * @param of how many were asked
   */
  record Count(int so, int of) {
    @Override
    public String toString() {
      return so + " / " + of;
    }
  }

  private final Map<Question, Count> counts = new EnumMap<>(Question.class);
  private final List<String> cases = new ArrayList<>();

  void add(Question question, boolean so, String where) {
    add(question, so ? 1 : 0, 1, where);
  }

  synchronized void add(Question question, int so, int of, String where) {
    Count before = of(question);
    counts.put(question, new Count(before.so() + so, before.of() + of));
    if (so > 0) {
      cases.add(question + ": " + where);
    }
  }

  synchronized Count of(Question question) {
    return counts.getOrDefault(question, new Count(0, 0));
  }

  /** Where something was so. */
  synchronized List<String> cases() {
    return List.copyOf(cases);
  }

  /** Two columns, as a table of Markdown; questions nobody was asked are left out. */
  static String table(Answers theirs, Answers ours) {
    StringBuilder table = new StringBuilder("| question | Capistrano | Cutover |\n|---|---|---|\n");
    for (Question question : Question.values()) {
      if (theirs.of(question).of() + ours.of(question).of() > 0) {
        table.append(
            "| %s | %s | %s |%n"
                .formatted(question.words(), theirs.of(question), ours.of(question)));
      }
    }
    return table.toString();
  }
}
