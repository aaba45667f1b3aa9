package dev.cutover.transport;

import dev.cutover.domain.Percent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Understands operations and questions: begin, values, output, end. */
final class ResultsReader implements Reply.Reader {

  private static final int MESSAGE_LINES = 200;

  private final OpListener listener;
  private final LongSupplier nanos;
  private final List<OpResult> results = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> messages = new ArrayList<>();
  private long began;
  private boolean noInodes;

  ResultsReader(OpListener listener, LongSupplier nanos) {
    this.listener = listener;
    this.nanos = nanos;
  }

  List<OpResult> results() {
    return List.copyOf(results);
  }

  @Override
  public void said(String word, String rest) {
    switch (word) {
      case "begin" -> begin();
      case ">" -> listener.output(results.size(), rest);
      case "value" -> value(rest);
      case "exit" -> values.put("exit", rest);
      case "inodes" -> noInodes = fewInodes(rest);
      case "end" -> end(Integer.parseInt(rest.substring(rest.indexOf(' ') + 1)));
      default -> {
        // A beat: that it came is all it says.
      }
    }
  }

  /** Of how many how many are free. */
  private static boolean fewInodes(String counts) {
    String[] numbers = counts.split(" ", 3);
    return numbers.length == 2
        && Long.parseLong(numbers[0]) > 0
        && Long.parseLong(numbers[1]) < Obstacle.FEW_INODES;
  }

  @Override
  public void heard(String line) {
    if (messages.size() < MESSAGE_LINES) {
      messages.add(line);
    }
  }

  private void begin() {
    values.clear();
    messages.clear();
    noInodes = false;
    began = nanos.getAsLong();
    listener.started(results.size());
  }

  private void value(String rest) {
    int space = rest.indexOf(' ');
    values.put(rest.substring(0, space), Percent.decode(rest.substring(space + 1)));
  }

  private void end(int status) {
    // A command may itself end with the status that tells a fence.
    boolean ownStatus = values.containsKey("exit") && status == OpResult.FENCED;
    String message = status == 0 ? "" : message(status);
    if (status != 0) {
      Obstacle.of(message, noInodes).ifPresent(cause -> values.put("cause", cause.name()));
    }
    OpResult result =
        new OpResult(
            ownStatus ? 1 : status, values, message, Duration.ofNanos(nanos.getAsLong() - began));
    int index = results.size();
    results.add(result);
    listener.ended(index, result);
  }

  private String message(int status) {
    if (!messages.isEmpty()) {
      return String.join("\n", messages);
    }
    if (status == OpResult.TIMED_OUT) {
      return "still running at its deadline; it was ended with all it had started";
    }
    return status == OpResult.FENCED && !values.containsKey("exit")
        ? "the lock is another's now; nothing was changed"
        : "exit status " + status;
  }
}
