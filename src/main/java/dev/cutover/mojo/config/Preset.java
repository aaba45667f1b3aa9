package dev.cutover.mojo.config;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file of POSIX shell functions that wrap a migration tool, among {@code up}, {@code down},
 * {@code check}, {@code version}, {@code backup} and {@code restore}; a definition begins a line
 * with the name and a pair of parentheses. Which of them are there is what a migration made of it
 * can do.
 *
 * @param name as written in {@code <preset>}
 * @param text the file, sent to the host as it is
 */
record Preset(String name, String text) {

  private static final Pattern FUNCTION =
      Pattern.compile("^(up|down|check|version|backup|restore)\\(\\)", Pattern.MULTILINE);

  /** No preset: it has no function. */
  static final Preset NONE = new Preset("", "");

  /** The names of its functions. */
  Set<String> functions() {
    return FUNCTION
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The text that defines its functions and calls one of them, headed by a line for people. */
  Optional<String> call(String function) {
    return functions().contains(function)
        ? Optional.of("# preset " + name + ": " + function + "\n" + text + "\n" + function + "\n")
        : Optional.empty();
  }
}
