package dev.cutover.app;

import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Layout;
import dev.cutover.transport.Host;
import java.util.List;

/** Finds out before a run whether its health checks can be asked of a host at all. */
@FunctionalInterface
public interface Checkable {
  List<String> problems(HealthPolicy policy, Host host, Layout layout);
}
