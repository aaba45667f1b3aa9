package dev.cutover.bundle;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A glob with the meaning of {@link java.nio.file.FileSystem#getPathMatcher}, but always with
 * {@code /} between segments and always minding case, so that Windows and macOS match as Linux.
 */
final class Glob {

  private static final String REGEX_SPECIAL = ".^$+|()[]{}*?\\";

  private final String glob;
  private final StringBuilder regex = new StringBuilder();
  private int at;

  private Glob(String glob) {
    this.glob = glob;
  }

  /**
   * The pattern that paths {@code glob} means match as a whole.
   *
   * @throws PatternSyntaxException if it is not a glob
   */
  static Pattern compile(String glob) {
    return new Glob(glob).translate();
  }

  private Pattern translate() {
    boolean inGroup = false;
    while (at < glob.length()) {
      char c = glob.charAt(at++);
      switch (c) {
        case '*' -> regex.append(take('*') ? ".*" : "[^/]*");
        case '?' -> regex.append("[^/]");
        case '\\' -> literal(next("a '\\' at the end"));
        case '[' -> bracket();
        case '{' -> {
          if (inGroup) {
            throw wrong("a '{' inside '{}'");
          }
          inGroup = true;
          regex.append("(?:(?:");
        }
        case '}' -> {
          regex.append(inGroup ? "))" : "\\}");
          inGroup = false;
        }
        case ',' -> regex.append(inGroup ? ")|(?:" : ",");
        default -> literal(c);
      }
    }
    if (inGroup) {
      throw wrong("a '{' without its '}'");
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private void bracket() {
    regex.append("[[^/]&&[");
    if (take('!')) {
      regex.append('^');
    }
    boolean any = false;
    for (char c = next("a '[' without its ']'");
        c != ']' || !any;
        c = next("a '[' without its ']'")) {
      if (c == '/') {
        throw wrong("a '/' inside '[]'");
      }
      boolean range = any && c == '-' && at < glob.length() && glob.charAt(at) != ']';
      regex.append(range ? "-" : "\\x{%x}".formatted((int) c));
      any = true;
    }
    regex.append("]]");
  }

  private void literal(char c) {
    regex.append(REGEX_SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
  }

  private boolean take(char wanted) {
    boolean there = at < glob.length() && glob.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private char next(String missing) {
    if (at == glob.length()) {
      throw wrong(missing);
    }
    return glob.charAt(at++);
  }

  private PatternSyntaxException wrong(String what) {
    return new PatternSyntaxException(what, glob, at - 1);
  }
}
