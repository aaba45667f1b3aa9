package dev.cutover.transport;

import dev.cutover.domain.HostFacts;
import dev.cutover.error.HostRefusedException;
import java.util.Optional;

/** Why a lock cannot be had, whoever holds it. */
final class LockRefusals {

  private LockRefusals() {}

  /**
   * The failure of a host whose clock tells no time: its facts, which need one, are none.
   *
   * @param said what its {@code date} said
   */
  static HostRefusedException ofClock(String host, String said) {
    NotUnderstood clock = HostText.noTime(said);
    return new HostRefusedException(
        host, clock.what() + "; nothing was changed", clock.next(), clock);
  }

  /**
   * The failure for a word of {@code lock.sh}.
   *
   * @param said what the tools said there
   */
  static HostRefusedException of(String host, String word, HostFacts facts, String said) {
    String root = facts.layout().root().value();
    boolean noInodes = facts.freeInodes() < Obstacle.FEW_INODES;
    Optional<Obstacle> obstacle = Obstacle.of(said, noInodes);
    String why = obstacle.map(known -> " (" + known.sentence() + ")").orElse("");
    String tail = why + (said.isBlank() ? "" : ":\n" + said);
    return switch (word) {
      case "tools" ->
          new HostRefusedException(
              host,
              "needed there and missing: " + String.join(", ", facts.missingTools()),
              "Install them, or perl 5, which does for flock, mv -T, sync, setsid and sha256sum.",
              null);
      case "current" ->
          new HostRefusedException(
              host,
              facts.layout().current() + " is not a link; nothing was changed",
              "Move it away: its content would not be in any release.",
              null);
      case "path" ->
          new HostRefusedException(
              host,
              root + " cannot be made: it, or what it is in, is no directory; nothing was changed",
              "Move that away, or name another root in the target.",
              null);
      case "busy" ->
          new HostRefusedException(
              host,
              "another script is at work below " + facts.layout().state() + " and does not end",
              "mvn deploy:status",
              null);
      case "journal" ->
          new HostRefusedException(
              host,
              "the journal below " + facts.layout().state() + " cannot be written" + tail,
              "mvn deploy:check",
              null);
      default ->
          new HostRefusedException(
              host,
              root + " cannot be written by " + facts.user() + tail,
              (obstacle.filter(Obstacle::ofRoom).isPresent()
                      ? "Make room for " + root
                      : "Make " + root + " writable for " + facts.user())
                  + ", then: mvn deploy:check",
              null);
    };
  }
}
