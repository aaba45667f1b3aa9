package dev.cutover.transport;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Hears a batch that may be repeated after a lost reply, and passes on only what was not heard
 * before: the host tells a command's output from its beginning each time.
 */
final class Replay implements OpListener {

  private final OpListener listener;
  private final Set<Integer> started = new HashSet<>();
  private final Set<Integer> ended = new HashSet<>();
  private final Map<Integer, Integer> told = new HashMap<>();
  private final Map<Integer, Integer> heard = new HashMap<>();

  Replay(OpListener listener) {
    this.listener = listener;
  }

  /** The batch is sent once more. */
  void again() {
    heard.clear();
  }

  @Override
  public void started(int index) {
    if (started.add(index)) {
      listener.started(index);
    }
  }

  @Override
  public void output(int index, String line) {
    int number = heard.merge(index, 1, Integer::sum);
    if (number > told.getOrDefault(index, 0)) {
      told.put(index, number);
      listener.output(index, line);
    }
  }

  @Override
  public void ended(int index, OpResult result) {
    // What failed when its reply was cut off may go well this time.
    if (!result.ok() || ended.add(index)) {
      listener.ended(index, result);
    }
  }
}
