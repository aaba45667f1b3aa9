package dev.cutover.proof.memory;

import java.util.Set;

/** The contents that releases have here. */
final class Contents {

  private static final Set<String> ALL = Set.of("v1", "v2", "v3", "v4", "v5", "last", "sick");

  private Contents() {}

  static boolean isKnown(String content) {
    return ALL.contains(content);
  }
}
