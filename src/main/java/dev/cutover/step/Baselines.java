package dev.cutover.step;

import dev.cutover.domain.Health;
import java.util.Map;

/** How each member's live release was before the run changed anything, by member name. */
public record Baselines(Map<String, Health> health) {

  public static final Baselines UNKNOWN = new Baselines(Map.of());

  public Baselines {
    health = Map.copyOf(health);
  }

  public Health of(Member member) {
    return health.getOrDefault(member.name(), Health.UNKNOWN);
  }

  /** Whether anything live was sick on any member. */
  public boolean anySick() {
    return health.containsValue(Health.SICK);
  }
}
