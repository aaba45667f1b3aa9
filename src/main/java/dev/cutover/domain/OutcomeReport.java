package dev.cutover.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a run ended, as the last line of the console and {@code outcome.json} tell it.
 *
 * @param release the release the run was about; empty when it never got an id
 * @param previous what was live before, where it was the same on all hosts
 * @param before what was live before on each host, by its name, where it was not the same
 * @param happened what went wrong, one sentence; empty on success
 * @param next what to type now; empty when there is nothing to do
 */
public record OutcomeReport(
    Outcome outcome,
    Goal goal,
    Optional<ReleaseId> release,
    Optional<ReleaseId> previous,
    Map<String, String> before,
    String version,
    String revision,
    Instant startedAt,
    Duration duration,
    List<HostState> hosts,
    List<MigrationState> migrations,
    String happened,
    String next) {

  public OutcomeReport {
    before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
    hosts = List.copyOf(hosts);
    migrations = List.copyOf(migrations);
  }

  /** A report of hosts that were on one release before, or on none. */
  public OutcomeReport(
      Outcome outcome,
      Goal goal,
      Optional<ReleaseId> release,
      Optional<ReleaseId> previous,
      String version,
      String revision,
      Instant startedAt,
      Duration duration,
      List<HostState> hosts,
      List<MigrationState> migrations,
      String happened,
      String next) {
    this(
        outcome,
        goal,
        release,
        previous,
        Map.of(),
        version,
        revision,
        startedAt,
        duration,
        hosts,
        migrations,
        happened,
        next);
  }

  /** The same, of hosts that were not on one release before. */
  public OutcomeReport after(Map<String, String> each) {
    if (each.isEmpty()) {
      return this;
    }
    List<HostState> told =
        hosts.stream()
            .map(host -> host.and("before: " + each.getOrDefault(host.host(), "nothing")))
            .toList();
    return new OutcomeReport(
        outcome,
        goal,
        release,
        previous,
        each,
        version,
        revision,
        startedAt,
        duration,
        told,
        migrations,
        happened,
        next);
  }

  /** Whether the goal's exit status is 0: done, or nothing had to be done. */
  public boolean success() {
    return outcome.success() || (outcome == Outcome.NOTHING_CHANGED && happened.isEmpty());
  }

  /**
   * What stands on one host now.
   *
   * @param live the release {@code current} leads to, or the path when it is not one of ours
   * @param state of that release in the journal
   * @param message one line for people; may be empty
   */
  public record HostState(
      String host,
      Optional<String> live,
      Optional<ReleaseState> state,
      Health health,
      String message) {

    private static final String UNREAD = "cannot be read: ";

    /** Of a host that could not be read nothing is known but why. */
    public static HostState unread(String host, String why) {
      return new HostState(host, Optional.empty(), Optional.empty(), Health.UNKNOWN, UNREAD + why);
    }

    /** Whether what stands there is not known. */
    public boolean isUnread() {
      return live.isEmpty() && message.startsWith(UNREAD);
    }

    /** The same, with more to say. */
    public HostState and(String more) {
      String text = message.isEmpty() ? more : message + "; " + more;
      return new HostState(host, live, state, health, text);
    }
  }

  /**
   * What became of a migration: {@code applied}, {@code undone}, {@code kept}, {@code in doubt}.
   */
  public record MigrationState(String id, String state) {}
}
