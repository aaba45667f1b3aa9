package dev.cutover.app;

import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What speaks against a run on a host, told from its facts before anything is done. */
final class Preflight {

  private Preflight() {}

  static List<String> problems(HostFacts facts, Optional<Footprint> needed) {
    List<String> problems = new ArrayList<>();
    if (!facts.missingTools().isEmpty()) {
      problems.add("the host has no " + String.join(", ", facts.missingTools()));
    }
    if (!facts.writable()) {
      problems.add("user %s may not write in %s".formatted(facts.user(), facts.layout().root()));
    }
    if (!facts.sameFileSystem()) {
      problems.add(
          "%s has .cutover, releases and current on different file systems, where a rename is not"
                  .formatted(facts.layout().root())
              + " atomic");
    }
    if (facts.current() instanceof HostFacts.Current.NotALink) {
      problems.add(
          "%s is a file or directory, not a link; move it away first"
              .formatted(facts.layout().current()));
    }
    facts
        .foreignLock()
        .ifPresent(lock -> problems.add("another deployment tool holds its lock: " + lock));
    missingShared(facts).ifPresent(problems::add);
    needed.ifPresent(footprint -> room(facts, footprint, problems));
    return problems;
  }

  private static Optional<String> missingShared(HostFacts facts) {
    if (facts.missingShared().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "shared files are missing; put them there once:\n"
            + facts.missingShared().stream()
                .map(file -> "  " + facts.layout().shared() + "/" + file)
                .reduce((a, b) -> a + "\n" + b)
                .orElse(""));
  }

  private static void room(HostFacts facts, Footprint needed, List<String> problems) {
    if (facts.freeBytes() < needed.bytes()) {
      problems.add(
          "%s has %s free and the release needs %s"
              .formatted(
                  facts.layout().root(),
                  Sizes.text(facts.freeBytes()),
                  Sizes.text(needed.bytes())));
    }
    if (facts.freeInodes() < needed.inodes()) {
      problems.add(
          "%s has %d inodes free and the release needs %d"
              .formatted(facts.layout().root(), facts.freeInodes(), needed.inodes()));
    }
  }
}
