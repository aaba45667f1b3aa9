package dev.cutover.transport.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of ssh_config: {@code keyword words…} or {@code keyword = words…}, words quoted with
 * {@code "} when they hold spaces, {@code #} starting a comment.
 *
 * @param keyword in lower case; empty when the line says nothing
 */
record SshConfigLine(String keyword, List<String> words) {

  SshConfigLine {
    words = List.copyOf(words);
  }

  static SshConfigLine parse(String text) {
    String line = text.strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return new SshConfigLine("", List.of());
    }
    int end = 0;
    while (end < line.length() && !isGap(line.charAt(end)) && line.charAt(end) != '=') {
      end++;
    }
    String rest = line.substring(end).strip();
    String values = rest.startsWith("=") ? rest.substring(1) : rest;
    return new SshConfigLine(line.substring(0, end).toLowerCase(Locale.ROOT), split(values));
  }

  private static List<String> split(String values) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean begun = false;
    for (int i = 0; i < values.length(); i++) {
      char c = values.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        begun = true;
      } else if (!quoted && isGap(c)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else if (!quoted && !begun && c == '#') {
        return words;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }

  private static boolean isGap(char c) {
    return c == ' ' || c == '\t' || c == '\f' || c == '\r';
  }
}
