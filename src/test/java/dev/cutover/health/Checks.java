package dev.cutover.health;

import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthCheck.JsonEquals;
import dev.cutover.domain.HealthCheck.Via;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Layout;
import dev.cutover.domain.RemotePath;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Short words for checks in tests. */
final class Checks {

  static final Layout LAYOUT = new Layout(new RemotePath("/srv/shop"));

  private Checks() {}

  static HealthCheck.Http get(URI url) {
    return new HealthCheck.Http(
        url, OptionalInt.empty(), Optional.empty(), Optional.empty(), Via.LOCAL);
  }

  static HealthCheck.Http get(URI url, Via via) {
    return new HealthCheck.Http(url, OptionalInt.empty(), Optional.empty(), Optional.empty(), via);
  }

  static HealthCheck.Http status(URI url, int status) {
    return new HealthCheck.Http(
        url, OptionalInt.of(status), Optional.empty(), Optional.empty(), Via.LOCAL);
  }

  static HealthCheck.Http contains(URI url, String text) {
    return new HealthCheck.Http(
        url, OptionalInt.empty(), Optional.of(text), Optional.empty(), Via.LOCAL);
  }

  static HealthCheck.Http json(URI url, String pointer, String equals) {
    return new HealthCheck.Http(
        url,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(new JsonEquals(pointer, equals)),
        Via.LOCAL);
  }

  /** Asks for two good rounds, a second apart, within a minute. */
  static HealthQuestion question(HealthCheck... checks) {
    return question(Duration.ofMinutes(1), checks);
  }

  static HealthQuestion question(Duration timeout, HealthCheck... checks) {
    return question(Map.of("version", "1.1", "releaseId", "20261122101500"), timeout, checks);
  }

  static HealthQuestion question(
      Map<String, String> expansions, Duration timeout, HealthCheck... checks) {
    return new HealthQuestion(
        new HealthPolicy(List.of(checks), timeout, Duration.ofSeconds(1), 2),
        LAYOUT,
        new RemotePath("/srv/shop/releases/20261122101500"),
        Map.of("RELEASE_ID", "20261122101500"),
        expansions);
  }
}
