package dev.cutover.domain;

import java.util.List;

/**
 * What outlives a release: paths relative to the release, each linked to the same path below {@code
 * shared/}. A directory is made when missing; a file must exist.
 */
public record Shared(List<String> dirs, List<String> files) {
  public static final Shared NONE = new Shared(List.of(), List.of());

  public Shared {
    dirs = List.copyOf(dirs);
    files = List.copyOf(files);
  }
}
