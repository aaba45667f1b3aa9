package dev.cutover.proof.strace;

import java.util.List;
import java.util.Optional;

/**
 * A file-system call that a script, or a tool it started, made.
 *
 * @param name the system call
 * @param text its arguments
 * @param paths everything it names: arguments and what its descriptors lead to
 * @param nth of the calls of this name on this path by its process, from 1
 * @param result empty when it never returned
 */
record FileCall(
    int pid, String name, String text, List<String> paths, int nth, Optional<String> result) {

  /** The path the call is about: where something is put, when it names two. */
  String path() {
    return paths.get(paths.size() - 1);
  }

  boolean done() {
    return result.filter(text -> !text.startsWith("-1")).isPresent();
  }

  /** Whether a fault came to pass here: strace says so, or the process was killed in it. */
  boolean injected() {
    return text.contains("INJECTED")
        || result.filter(r -> r.matches("\\?.*|.*INJECTED.*")).isPresent();
  }

  boolean syncs() {
    return name.contains("sync");
  }

  /** Whether it changes, or makes durable, a file system. */
  boolean changes() {
    return !name.startsWith("open")
        || text.contains("O_WRONLY")
        || text.contains("O_RDWR")
        || text.contains("O_CREAT");
  }

  @Override
  public String toString() {
    return name + " of " + path() + (nth > 1 ? " #" + nth : "");
  }
}
