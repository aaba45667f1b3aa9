package dev.cutover.mojo.config;

import dev.cutover.domain.Shared;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads paths inside a release: relative, normal, and carried exactly. */
final class PathsReader {

  private static final int LONGEST_PATH = 1024;
  private static final int LONGEST_SEGMENT = 255;
  private final Values values;

  PathsReader(Values values) {
    this.values = values;
  }

  /** A path below the release; one trailing slash is dropped. */
  Optional<String> inside(String place, @Nullable String value) {
    Optional<String> line = values.line(place, value);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String path =
        line.get().endsWith("/") ? line.get().substring(0, line.get().length() - 1) : line.get();
    Optional<String> wrong = wrong(path);
    wrong.ifPresent(why -> values.problem(place, Values.quoted(path) + " " + why));
    return wrong.isPresent() ? Optional.empty() : Optional.of(path);
  }

  private static Optional<String> wrong(String path) {
    if (path.isEmpty() || path.startsWith("/")) {
      return Optional.of("is absolute; write a path inside the release, e.g. log");
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      return Optional.of("is longer than " + LONGEST_PATH + " bytes");
    }
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return Optional.of("has an empty, '.' or '..' segment");
      }
      if (segment.getBytes(StandardCharsets.UTF_8).length > LONGEST_SEGMENT) {
        return Optional.of("has a name longer than " + LONGEST_SEGMENT + " bytes");
      }
    }
    return Optional.empty();
  }

  Shared shared(@Nullable SharedXml xml) {
    if (xml == null) {
      return Shared.NONE;
    }
    Set<String> taken = new HashSet<>();
    return new Shared(
        paths("<shared><dirs><dir>", xml.dirs, taken),
        paths("<shared><files><file>", xml.files, taken));
  }

  private List<String> paths(String place, @Nullable List<String> written, Set<String> taken) {
    List<String> read = new ArrayList<>();
    int number = 0;
    for (String value : Values.listed(written)) {
      String here = place + "[" + ++number + "]";
      Optional<String> path = inside(here, value);
      if (path.isEmpty()) {
        continue;
      }
      for (String other : taken) {
        if ((path.get() + "/").startsWith(other + "/")
            || (other + "/").startsWith(path.get() + "/")) {
          values.problem(
              here, Values.quoted(path.get()) + " overlaps with " + Values.quoted(other));
        }
      }
      taken.add(path.get());
      read.add(path.get());
    }
    return read;
  }
}
