package dev.cutover.proof.openssh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must hold of a journal's text whatever has happened: numbers only grow, a number belongs to
 * one run, a record of a run lies under its own number or, when a later run settles it, under a
 * greater one; and a run that has ended says nothing more.
 */
public final class JournalRules {

  private static final Pattern RECORD =
      Pattern.compile("(\\d+) [0-9a-f]{16} (\\d+ (\\d+) ([a-z-]+)(?: (.*))?)");
  private static final Pattern RUN = Pattern.compile("(?:^| )run=([0-9a-f]+)(?: |$)");

  private final List<String> violations = new ArrayList<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Set<Long> given = new HashSet<>();
  private final Set<String> said = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private long highest;

  private JournalRules() {}

  public static List<String> violations(String journal) {
    JournalRules rules = new JournalRules();
    for (String line : journal.split("\n", -1)) {
      Matcher record = RECORD.matcher(line);
      // A torn record counts as none.
      if (record.matches() && Integer.parseInt(record.group(1)) == record.group(2).length()) {
        rules.add(
            Long.parseLong(record.group(3)), record.group(4), record.group(), record.group(5));
      }
    }
    return rules.violations;
  }

  private void add(long number, String type, String line, String fields) {
    if (number < highest) {
      violations.add("the journal goes back to " + number + " after " + highest + ": " + line);
    }
    highest = Math.max(highest, number);
    Matcher run = RUN.matcher(fields == null ? "" : fields);
    if (!run.find()) {
      return;
    }
    String id = run.group(1);
    if (type.equals("run-started")) {
      start(id, number, line);
    }
    Long own = numbers.get(id);
    if (own == null || number < own) {
      violations.add("a record before its run or below its number: " + line);
    }
    // What is done again after a lost reply is recorded again.
    boolean repeated = !said.add(number + " " + type + " " + fields);
    if (ended.contains(id) && !repeated) {
      violations.add("a record of a run that had ended: " + line);
    }
    if (type.equals("run-ended")) {
      ended.add(id);
    }
  }

  private void start(String id, long number, String line) {
    Long before = numbers.putIfAbsent(id, number);
    boolean again = before != null && before == number;
    if (!again && (before != null || !given.add(number))) {
      violations.add("a number that was given before: " + line);
    }
  }
}
