package dev.cutover.health;

import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Layout;
import dev.cutover.domain.RemotePath;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of one release on one host.
 *
 * @param directory where command checks run, the release directory
 * @param environment of command checks
 * @param expansions the values of {@code version} and {@code releaseId} in expected answers. What
 *     an expectation names and is missing or empty here (as for a release another tool made) is not
 *     known of this release, so that expectation is left out.
 */
public record HealthQuestion(
    HealthPolicy policy,
    Layout layout,
    RemotePath directory,
    Map<String, String> environment,
    Map<String, String> expansions) {

  public HealthQuestion {
    environment = Map.copyOf(environment);
    expansions = Map.copyOf(expansions);
  }

  /** {@code text} with its placeholders replaced; empty if one of them has no value. */
  Optional<String> expand(String text) {
    String expanded = text;
    for (String name : new String[] {"version", "releaseId"}) {
      String value = expansions.getOrDefault(name, "");
      String placeholder = "{" + name + "}";
      if (text.contains(placeholder) && value.isEmpty()) {
        return Optional.empty();
      }
      expanded = expanded.replace(placeholder, value);
    }
    return Optional.of(expanded);
  }
}
