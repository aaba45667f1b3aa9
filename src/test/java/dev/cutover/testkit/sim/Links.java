package dev.cutover.testkit.sim;

import dev.cutover.testkit.sim.SimDisk.Link;
import dev.cutover.testkit.sim.SimDisk.Node;
import dev.cutover.testkit.sim.SimDisk.View;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Follows links on a disk. What lies outside of the root is not there.
 *
 * @param place where the root is
 */
record Links(SimDisk disk, String place) {

  /** As many as a system follows. */
  private static final int MOST = 40;

  /** The path of what a path leads to, without links; empty when there is no such thing. */
  Optional<String> real(String path) {
    Deque<String> left = new ArrayDeque<>(segments(path));
    Deque<String> done = new ArrayDeque<>();
    int links = 0;
    while (!left.isEmpty()) {
      String segment = left.pop();
      if (segment.equals("..")) {
        if (done.pollLast() == null) {
          return Optional.empty();
        }
        continue;
      }
      done.add(segment);
      Optional<Node> node = disk.at(String.join("/", done), View.NOW);
      if (node.isEmpty() || links > MOST) {
        return Optional.empty();
      }
      if (node.get() instanceof Link link) {
        links++;
        done.removeLast();
        if (!enter(link.to(), left, done)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(String.join("/", done));
  }

  /** Goes on where a link says; whether that is on the disk. */
  private boolean enter(String to, Deque<String> left, Deque<String> done) {
    List<String> segments = segments(to);
    if (to.startsWith("/")) {
      List<String> above = segments(place);
      boolean below =
          segments.size() >= above.size() && segments.subList(0, above.size()).equals(above);
      if (!below) {
        return false;
      }
      done.clear();
      segments = segments.subList(above.size(), segments.size());
    }
    for (int i = segments.size() - 1; i >= 0; i--) {
      left.push(segments.get(i));
    }
    return true;
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/", -1)).stream()
        .filter(segment -> !segment.isEmpty() && !segment.equals("."))
        .toList();
  }

  /** An absolute path as {@code lib.sh} makes it, without ., .. and doubled slashes. */
  String absolute(String path) {
    Deque<String> done = new ArrayDeque<>();
    for (String segment : segments(path.startsWith("/") ? path : place + "/" + path)) {
      if (segment.equals("..")) {
        done.pollLast();
      } else {
        done.add(segment);
      }
    }
    return "/" + String.join("/", done);
  }
}
