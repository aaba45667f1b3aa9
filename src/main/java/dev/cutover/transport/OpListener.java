package dev.cutover.transport;

/** Hears, while a batch runs, what its operations do. Called from one thread at a time. */
public interface OpListener {

  /** Ignores everything. */
  OpListener SILENT = new OpListener() {};

  default void started(int index) {}

  /** A line of output of the user's command. */
  default void output(int index, String line) {}

  default void ended(int index, OpResult result) {}
}
