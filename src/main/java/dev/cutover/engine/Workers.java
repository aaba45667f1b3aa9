package dev.cutover.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Where work on several hosts at once is done. */
@FunctionalInterface
public interface Workers {

  /** Opens a pool for as many tasks at once; whoever opens it shuts it down. */
  ExecutorService open(int tasks);

  /** A thread for each task. */
  static Workers threads() {
    return tasks ->
        Executors.newFixedThreadPool(
            Math.max(1, tasks),
            task -> {
              Thread thread = new Thread(task, "cutover-host");
              thread.setDaemon(true);
              return thread;
            });
  }
}
