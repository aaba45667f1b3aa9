package dev.cutover.proof.strace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What strace wrote with {@code -f -y}: the calls in the order in which they began. */
record Trace(List<FileCall> calls) {

  private static final Pattern LINE =
      Pattern.compile("(\\d+) +(?:([a-z0-9_]+)\\(|<\\.\\.\\. )(.*)");
  private static final Pattern PATH = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\d)<([^>]*)>");

  static Trace read(Path file) throws IOException {
    List<FileCall> calls = new ArrayList<>();
    Map<Integer, Integer> unfinished = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      Matcher m = LINE.matcher(line);
      if (!m.matches()) {
        continue;
      }
      int pid = Integer.parseInt(m.group(1));
      Optional<String> result = result(m.group(3));
      if (m.group(2) == null) {
        Integer index = unfinished.remove(pid);
        if (index != null) {
          FileCall call = calls.get(index);
          calls.set(
              index, new FileCall(pid, call.name(), call.text(), call.paths(), call.nth(), result));
        }
        continue;
      }
      List<String> paths = paths(m.group(3));
      if (paths.isEmpty()) {
        continue;
      }
      if (m.group(3).endsWith("<unfinished ...>")) {
        unfinished.put(pid, calls.size());
      }
      FileCall call = new FileCall(pid, m.group(2), m.group(3), paths, 1, result);
      int nth = 0;
      for (String path : paths.stream().distinct().toList()) {
        int count = counts.merge(pid + " " + call.name() + " " + path, 1, Integer::sum);
        nth = path.equals(call.path()) ? count : nth;
      }
      calls.add(new FileCall(pid, call.name(), call.text(), paths, nth, result));
    }
    return new Trace(List.copyOf(calls));
  }

  /** Those that matter below {@code directory}, or relative to something that may well be. */
  List<FileCall> below(Path directory) {
    return calls.stream()
        .filter(FileCall::changes)
        .filter(call -> !call.path().startsWith("/") || call.path().startsWith(directory + "/"))
        .filter(call -> !call.path().startsWith("pipe:") && !call.path().startsWith("socket:"))
        .toList();
  }

  private static Optional<String> result(String text) {
    int equals = text.lastIndexOf(" = ");
    return equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 3));
  }

  private static List<String> paths(String text) {
    // What a write carries is not a path; with -s 0 it is empty.
    List<String> paths = new ArrayList<>();
    int end = text.lastIndexOf(" = ");
    Matcher m = PATH.matcher(end < 0 ? text : text.substring(0, end));
    while (m.find()) {
      String path = m.group(1) == null ? m.group(3) : m.group(1);
      if (path != null && !path.isEmpty()) {
        paths.add(path);
      }
    }
    return List.copyOf(paths);
  }
}
