package dev.cutover.app;

import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Payload;
import dev.cutover.domain.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What speaks against a run on a host, told from its facts before anything is done. */
final class Preflight {

  /** What the tools and the file system need besides the files themselves. */
  private static final long SPARE_BYTES = 1 << 20;

  private static final long SPARE_INODES = 64;

  private Preflight() {}

  static List<String> problems(HostFacts facts, Optional<Payload> payload) {
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
    payload.ifPresent(files -> room(facts, files, problems));
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

  private static void room(HostFacts facts, Payload payload, List<String> problems) {
    long bytes = payload.manifest().bytes() + SPARE_BYTES;
    if (facts.freeBytes() < bytes) {
      problems.add(
          "%s has %s free and the release needs %s"
              .formatted(facts.layout().root(), Sizes.text(facts.freeBytes()), Sizes.text(bytes)));
    }
    long inodes = payload.manifest().entries().size() + SPARE_INODES;
    if (facts.freeInodes() < inodes) {
      problems.add(
          "%s has %d inodes free and the release needs %d"
              .formatted(facts.layout().root(), facts.freeInodes(), inodes));
    }
  }
}
