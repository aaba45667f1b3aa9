package dev.cutover.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a project is released: everything the configuration says but the hosts and the bytes.
 *
 * @param build runs on the host in the staged tree before it is sealed
 * @param keep how many GOOD releases stay, the live one included; at least 2
 */
public record ReleaseSpec(
    Shared shared,
    Optional<Command> build,
    List<Migration> migrations,
    Optional<Command> restart,
    HealthPolicy health,
    List<Hook> hooks,
    int keep,
    Duration lockWait,
    boolean watchdog) {

  public ReleaseSpec {
    migrations = List.copyOf(migrations);
    hooks = List.copyOf(hooks);
  }

  /** The hooks that stand at {@code point}, in the order they were written. */
  public List<Hook> hooksAt(Hook.Point point) {
    return hooks.stream().filter(hook -> hook.at() == point).toList();
  }

  /**
   * How long after the switch a run may take to say that all is well: what the restart, the hooks
   * after the switch and the health checks may take, and 5 s for the way.
   */
  public Duration watchdogGrace() {
    Duration grace =
        Duration.ofSeconds(5).plus(restart.map(Command::timeout).orElse(Duration.ZERO));
    for (Hook hook : hooksAt(Hook.Point.AFTER_SWITCH)) {
      grace = grace.plus(hook.run().timeout());
    }
    return health.checks().isEmpty() ? grace : grace.plus(health.timeout());
  }

  /**
   * The digest of what makes one release differ from another although its bytes are the same. How
   * long to wait for a lock and how many releases to keep do not.
   */
  public String digest() {
    return Digests.sha256(
        String.join(
            "\n",
            shared.toString(),
            build.toString(),
            migrations.toString(),
            restart.toString(),
            health.toString(),
            hooks.toString()));
  }
}
