package dev.cutover.transport.ssh;

import java.util.List;
import java.util.Locale;

/** OpenSSH's host patterns: {@code *}, {@code ?}, and {@code !} which refuses. */
final class HostPatterns {

  private HostPatterns() {}

  /** Whether one pattern matches and none that is negated does. */
  static boolean match(List<String> patterns, String host) {
    String name = host.toLowerCase(Locale.ROOT);
    boolean found = false;
    for (String pattern : patterns) {
      boolean negated = pattern.startsWith("!");
      String glob = (negated ? pattern.substring(1) : pattern).toLowerCase(Locale.ROOT);
      if (glob(glob, name)) {
        if (negated) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }

  private static boolean glob(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : '\0';
      if (p < pattern.length() && wanted == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && (wanted == '?' || wanted == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
