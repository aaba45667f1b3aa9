package dev.cutover.report;

import dev.cutover.event.DeployEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What to do for which event. */
final class EventSwitch {

  private final Map<Class<? extends DeployEvent>, Consumer<DeployEvent>> acts = new HashMap<>();

  <E extends DeployEvent> EventSwitch on(Class<E> type, Consumer<E> act) {
    acts.put(type, event -> act.accept(type.cast(event)));
    return this;
  }

  void accept(DeployEvent event) {
    acts.getOrDefault(event.getClass(), ignored -> {}).accept(event);
  }

  Set<Class<? extends DeployEvent>> types() {
    return Set.copyOf(acts.keySet());
  }
}
