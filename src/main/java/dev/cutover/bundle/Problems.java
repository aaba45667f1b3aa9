package dev.cutover.bundle;

import dev.cutover.domain.Problem;
import dev.cutover.error.BadParametersException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything wrong with a bundle. A place with very many problems tells the first of them. */
final class Problems {

  private static final int TOLD = 20;

  private final Map<String, List<String>> byPlace = new LinkedHashMap<>();

  void add(String place, String message) {
    byPlace.computeIfAbsent(place, p -> new ArrayList<>()).add(message);
  }

  boolean none() {
    return byPlace.isEmpty();
  }

  /**
   * Ends the assembly if anything is wrong.
   *
   * @throws BadParametersException with all of it
   */
  void throwIfAny() {
    if (none()) {
      return;
    }
    List<Problem> all = new ArrayList<>();
    byPlace.forEach(
        (place, messages) -> {
          messages.stream().limit(TOLD).forEach(message -> all.add(new Problem(place, message)));
          if (messages.size() > TOLD) {
            all.add(new Problem(place, "and " + (messages.size() - TOLD) + " more like these"));
          }
        });
    throw new BadParametersException(all);
  }
}
