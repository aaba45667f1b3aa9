package dev.cutover.domain;

/**
 * An absolute, normal path on a host: no {@code .} or {@code ..} segment, no control character, no
 * trailing slash. Spaces, quotes and any other printable character are carried exactly.
 */
public record RemotePath(String value) {

  public RemotePath {
    if (!value.startsWith("/") || (value.length() > 1 && value.endsWith("/"))) {
      throw new IllegalArgumentException("not an absolute path: '" + value + "'");
    }
    if (value.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw new IllegalArgumentException("a path with a control character");
    }
    for (String segment : value.substring(1).split("/", -1)) {
      if (segment.equals(".")
          || segment.equals("..")
          || (segment.isEmpty() && value.length() > 1)) {
        throw new IllegalArgumentException("not a normal path: '" + value + "'");
      }
    }
  }

  /** The path of {@code relative} below this one. */
  public RemotePath child(String relative) {
    return new RemotePath(value.equals("/") ? "/" + relative : value + "/" + relative);
  }

  /** The last segment. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
