package dev.cutover.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code deploy:status} tells of one host.
 *
 * @param live the release or path {@code current} leads to
 * @param sickness why it is sick; empty otherwise
 * @param unfinished the run that did not come to its end, and what would settle it
 * @param releases newest first
 */
public record HostStatus(
    String host,
    RemotePath root,
    Optional<String> live,
    String version,
    String revision,
    Health health,
    String sickness,
    Optional<Lock> lock,
    Optional<Unfinished> unfinished,
    List<Release> releases,
    List<OutcomeReport.MigrationState> migrations,
    long freeBytes,
    long freeInodes) {

  public HostStatus {
    releases = List.copyOf(releases);
    migrations = List.copyOf(migrations);
  }

  /** Who holds the lock. {@code alive}: its holder stands on an open connection. */
  public record Lock(String owner, String goal, Optional<Instant> since, boolean alive) {}

  /**
   * A run without an end, and the command that settles it.
   *
   * @param watchdog whether the watchdog of the host put back what was live before
   */
  public record Unfinished(
      String goal, String owner, Instant since, boolean watchdog, String settle) {}

  /** One release the journal knows. */
  public record Release(
      ReleaseId id, ReleaseState state, String version, String revision, boolean live) {}
}
