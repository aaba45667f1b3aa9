package dev.cutover.transport;

import java.util.ArrayList;
import java.util.List;

/**
 * What a script says. Lines that begin with its nonce are its own, handed to a {@link Reader}; the
 * others are what tools wrote, or noise of the login.
 */
final class Reply {

  /** Understands the lines of one kind of script. */
  interface Reader {
    /** A line of the script's own: its first word and the rest. */
    void said(String word, String rest);

    /** Any other line. */
    default void heard(String line) {}
  }

  private final String prefix;
  private final Reader reader;
  private final List<String> noise = new ArrayList<>();
  private boolean hello;
  private boolean done;

  Reply(String nonce, Reader reader) {
    this.prefix = nonce + " ";
    this.reader = reader;
  }

  void line(String line) {
    if (!line.startsWith(prefix)) {
      if (hello) {
        reader.heard(line);
      } else if (noise.size() < 3) {
        noise.add(line);
      }
      return;
    }
    String text = line.substring(prefix.length());
    int space = text.indexOf(' ');
    String word = space < 0 ? text : text.substring(0, space);
    if (word.equals("hello")) {
      hello = true;
    } else if (word.equals("done")) {
      done = true;
    } else {
      reader.said(word, space < 0 ? "" : text.substring(space + 1));
    }
  }

  /** Whether a shell answered at all. */
  boolean hello() {
    return hello;
  }

  /** Whether the script came to its end. */
  boolean done() {
    return done;
  }

  /** What was written where a shell should have answered. */
  String noise() {
    return String.join(" / ", noise);
  }
}
