package dev.cutover.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Understands operations and questions: begin, values, output, end. */
final class ResultsReader implements Reply.Reader {

  private final int calls;
  private final OpListener listener;
  private final LongSupplier nanos;
  private final List<OpResult> results = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> messages = new ArrayList<>();
  private long began;
  private boolean begun;
  private boolean noInodes;
  private boolean fenced;

  /**
   * A reader.
   *
   * @param calls how many there are to tell of
   */
  ResultsReader(int calls, OpListener listener, LongSupplier nanos) {
    this.calls = calls;
    this.listener = listener;
    this.nanos = nanos;
  }

  List<OpResult> results() {
    return List.copyOf(results);
  }

  @Override
  public void said(String word, String rest) {
    switch (word) {
      case "begin" -> begin(rest);
      case ">" -> output(rest);
      case "value" -> value(rest);
      case "exit" -> put("exit", HostText.plain(rest, Budget.MESSAGE_LINE));
      case "inodes" -> noInodes = fewInodes(rest);
      case "fenced" -> fenced = true;
      case "end" -> end(rest);
      default -> {
        // A beat: that it came is all it says.
      }
    }
  }

  /** Of how many how many are free; no number is said where they are not counted. */
  private static boolean fewInodes(String counts) {
    String[] words = counts.split(" ", 3);
    if (words.length != 2) {
      return false;
    }
    OptionalLong all = HostText.number(words[0]);
    OptionalLong free = HostText.number(words[1]);
    return all.orElse(0) > 0 && free.orElse(Long.MAX_VALUE) < Obstacle.FEW_INODES;
  }

  @Override
  public void heard(String line) {
    if (messages.size() < Budget.MESSAGE_LINES) {
      messages.add(HostText.plain(line, Budget.MESSAGE_LINE));
    }
  }

  /** Where all went well so far, all there was must have been told of. */
  @Override
  public void done() {
    boolean failed = !results.isEmpty() && !results.get(results.size() - 1).ok();
    if (begun || (!failed && results.size() < calls)) {
      throw new NotUnderstood(
          "its reply ends after %d of %d operations".formatted(results.size(), calls));
    }
  }

  private void begin(String index) {
    if (begun || results.size() >= calls || !isCurrent(index)) {
      throw HostText.unusable("the begin of operation " + results.size(), index);
    }
    begun = true;
    values.clear();
    messages.clear();
    noInodes = false;
    fenced = false;
    began = nanos.getAsLong();
    listener.started(results.size());
  }

  private boolean isCurrent(String index) {
    return index.equals(Integer.toString(results.size()));
  }

  private void output(String line) {
    if (begun) {
      listener.output(results.size(), line);
    }
  }

  private void value(String rest) {
    int space = rest.indexOf(' ');
    String name = space < 0 ? rest : rest.substring(0, space);
    put(name, space < 0 ? "" : HostText.decoded("a value", rest.substring(space + 1)));
  }

  private void put(String name, String text) {
    values.put(name, text);
    Budget.VALUES.check(values.size());
  }

  private void end(String rest) {
    String[] words = rest.split(" ", 2);
    if (!begun || words.length != 2 || !isCurrent(words[0])) {
      throw HostText.unusable("the end of operation " + results.size(), rest);
    }
    int status = meaning(HostText.status(words[1]));
    String message = status == 0 ? "" : message(status);
    if (status != 0) {
      Obstacle.of(message, noInodes).ifPresent(cause -> values.put("cause", cause.name()));
    }
    OpResult result =
        new OpResult(status, values, message, Duration.ofNanos(nanos.getAsLong() - began));
    int index = results.size();
    results.add(result);
    begun = false;
    listener.ended(index, result);
  }

  /** Told by words of their own: a command may end with any status. */
  private int meaning(int status) {
    if (status == 0) {
      return 0;
    }
    if (fenced) {
      return OpResult.FENCED;
    }
    return switch (values.getOrDefault("ended", "")) {
      case "deadline" -> OpResult.TIMED_OUT;
      case "lost" -> OpResult.LOST;
      default -> status;
    };
  }

  private String message(int status) {
    if (!messages.isEmpty()) {
      return String.join("\n", messages);
    }
    return OpResult.unsaid(status);
  }
}
