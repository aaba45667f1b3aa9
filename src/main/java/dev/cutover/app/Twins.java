package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.HostFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds targets that are one directory under two names, by a link, an alias of the host, or both: a
 * run would take them for two hosts.
 */
final class Twins {

  private record Seen(String url, HostFacts.Place place) {}

  private final List<Seen> seen = new ArrayList<>();

  /** What is wrong with one target more, if it is the directory of one before. */
  Optional<String> problem(String url, HostFacts facts) {
    Optional<String> twin =
        seen.stream()
            .filter(before -> before.place().is(facts.place()))
            .map(before -> words(before.url(), url))
            .findFirst();
    seen.add(new Seen(url, facts.place()));
    return twin;
  }

  static Refusal refusal(String one, String other, DeployRequest request, Goal goal) {
    return new Refusal(
        words(one, other),
        "name it once among the targets, then: " + request.goalCommand() + goal.word());
  }

  private static String words(String one, String other) {
    return "the targets %s and %s are one directory".formatted(one, other);
  }
}
