package dev.cutover.testkit.host;

import java.util.List;

/**
 * The files of a host below its root, as a test sees and changes them without the host's own
 * operations. Paths are relative to the root, which is the empty path; what is asked about a link
 * is asked about what it leads to, unless the method is about links.
 */
public interface HostView {

  boolean exists(String path);

  boolean isDirectory(String path);

  boolean isLink(String path);

  /** What a link says. */
  String readLink(String path);

  /** A file's text. */
  String text(String path);

  /** A file's size in bytes. */
  long size(String path);

  /** Permission bits as {@code ls} writes them, e.g. {@code rwxr-xr-x}. */
  String mode(String path);

  /** Sets permission bits, as {@link #mode} tells them. */
  void chmod(String path, String bits);

  /** The names in a directory, in their order. */
  List<String> list(String path);

  /** The paths of everything below the root, in their order; none when there is no root. */
  List<String> tree();

  /** Makes a file or replaces what it holds. */
  void write(String path, String text);

  void append(String path, String text);

  /** Makes a directory and those above it that are missing. */
  void mkdirs(String path);

  void symlink(String path, String to);

  void move(String from, String to);

  /** Removes a file or a link. */
  void delete(String path);

  /** A file's lines. */
  default List<String> lines(String path) {
    return text(path).lines().toList();
  }
}
