package dev.cutover.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The words and operators of a command's text. */
final class SimWords {

  private static final List<String> OPERATORS = List.of(">>", ">&2", ">", ";", "&");

  private final String text;
  private final Map<String, String> environment;
  private final List<String> tokens = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  SimWords(String text, Map<String, String> environment) {
    this.text = text;
    this.environment = environment;
  }

  List<String> tokens() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        quoted(c);
      } else if (c == ' ' || c == '\n') {
        end();
        at++;
      } else if (!operator()) {
        word.append(c);
        inWord = true;
        at++;
      }
    }
    end();
    return tokens;
  }

  private boolean operator() {
    for (String operator : OPERATORS) {
      if (text.startsWith(operator, at)) {
        end();
        tokens.add(operator);
        at += operator.length();
        return true;
      }
    }
    return false;
  }

  private void quoted(char quote) {
    int end = text.indexOf(quote, at + 1);
    String inside = text.substring(at + 1, end);
    boolean variable = quote == '"' && inside.startsWith("$");
    word.append(variable ? environment.getOrDefault(inside.substring(1), "") : inside);
    inWord = true;
    at = end + 1;
  }

  private void end() {
    if (inWord) {
      tokens.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
