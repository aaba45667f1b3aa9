package dev.cutover.report;

import dev.cutover.event.DeployEvent;
import dev.cutover.event.DeployListener;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Several listeners as one. Events reach them one at a time, whatever thread they come from, and
 * whatever a listener throws ends here: a report can never fail a release.
 */
public final class Listeners implements DeployListener {

  private final List<DeployListener> listeners;
  private final Consumer<String> trouble;
  private final Set<String> told = new HashSet<>();

  /**
   * All of {@code listeners}, called in this order.
   *
   * @param trouble hears one line when a listener throws, once for each distinct line
   */
  public Listeners(List<DeployListener> listeners, Consumer<String> trouble) {
    this.listeners = List.copyOf(listeners);
    this.trouble = trouble;
  }

  @Override
  public synchronized void on(DeployEvent event) {
    for (DeployListener listener : listeners) {
      try {
        listener.on(event);
      } catch (RuntimeException | Error e) {
        tell(listener, event, e);
      }
    }
  }

  private void tell(DeployListener listener, DeployEvent event, Throwable e) {
    String line =
        Visible.of(
            "the run goes on, but its %s could not report %s: %s"
                .formatted(
                    listener.getClass().getSimpleName(), event.getClass().getSimpleName(), e));
    try {
      if (told.add(line)) {
        trouble.accept(line);
      }
    } catch (RuntimeException | Error ignored) {
      // Nobody is left to tell.
    }
  }
}
