package dev.cutover.transport;

import dev.cutover.domain.Goal;
import java.util.List;

/**
 * Asks for a host's lock.
 *
 * @param runId the run, 16 hex digits, the same on all its hosts
 * @param owner {@code user@machine}, see {@link dev.cutover.domain.LockToken#safeOwner}
 * @param members the urls of all targets, the coordinator first
 * @param target the url by which this host is known to the run: no two targets are one directory
 */
public record LockRequest(
    String runId, String owner, Goal goal, List<String> members, String target) {
  public LockRequest {
    members = List.copyOf(members);
  }
}
