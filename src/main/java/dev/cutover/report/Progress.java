package dev.cutover.report;

import dev.cutover.event.StepRef;

/** Shows how far uploads are. */
interface Progress {

  void moved(StepRef step, String host, long done, long total);

  /** The step came to its end; its own line follows. */
  void ended(StepRef step, String host);

  /** The run came to its end. */
  void close();
}
