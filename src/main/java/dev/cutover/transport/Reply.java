package dev.cutover.transport;

import java.util.ArrayList;
import java.util.List;

/**
 * What a script says. Lines that begin with its nonce are its own, handed to a {@link Reader}; the
 * others are what tools wrote, or noise of the login. It says no more than its {@link Budget}.
 */
final class Reply {

  /** Understands the lines of one kind of script. */
  interface Reader {
    /** A line of the script's own: its first word and the rest. */
    void said(String word, String rest);

    /** Any other line. */
    default void heard(String line) {}

    /** Its last word has come; whether all that was asked for is there. */
    default void done() {}
  }

  private static final int NOISE = 3;

  private final String prefix;
  private final Reader reader;
  private final List<String> noise = new ArrayList<>();
  private boolean hello;
  private boolean done;
  private long bytes;
  private long lines;
  private long output;

  Reply(String nonce, Reader reader) {
    this.prefix = nonce + " ";
    this.reader = reader;
  }

  /**
   * Takes a line.
   *
   * @throws NotUnderstood if it means nothing, or is too much
   */
  void line(String line) {
    if (!line.startsWith(prefix)) {
      spend(line);
      if (hello) {
        reader.heard(line);
      } else if (noise.size() < NOISE) {
        noise.add(HostText.plain(line, Budget.MESSAGE_LINE));
      }
      return;
    }
    String text = line.substring(prefix.length());
    int space = text.indexOf(' ');
    String word = space < 0 ? text : text.substring(0, space);
    if (word.equals(">")) {
      output += HostText.bytes(line) + 1;
      Budget.OUTPUT.check(output);
    } else {
      Budget.LINE.check(HostText.bytes(line));
      spend(line);
    }
    if (word.equals("hello")) {
      hello = true;
    } else if (word.equals("done")) {
      done = true;
      reader.done();
    } else {
      reader.said(word, space < 0 ? "" : text.substring(space + 1));
    }
  }

  private void spend(String line) {
    bytes += HostText.bytes(line) + 1;
    lines++;
    Budget.BYTES.check(bytes);
    Budget.LINES.check(lines);
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
