package dev.cutover.bundle;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The contents of a directory, read in place. A link that stays inside counts as what it leads to.
 */
final class DirectorySource {

  private final Path root;
  private final ItemSink sink;
  private final Deque<Path> above = new ArrayDeque<>();

  /**
   * Prepares to read a directory.
   *
   * @param root its real path
   */
  DirectorySource(Path root, ItemSink sink) {
    this.root = root;
    this.sink = sink;
  }

  void read() throws IOException {
    enter(root, "");
  }

  private void enter(Path directory, String name) throws IOException {
    if (above.contains(directory)) {
      sink.refuse(Names.shown(name) + " is a link to a directory it lies in");
      return;
    }
    sink.directory(name);
    above.push(directory);
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      for (Path child : children) {
        String childName = Names.join(name, child.getFileName().toString());
        if (sink.allowed(childName)) {
          take(child, childName);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } finally {
      above.pop();
    }
  }

  private void take(Path path, String name) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      follow(path, name);
    } else if (attributes.isDirectory()) {
      enter(path, name);
    } else if (attributes.isRegularFile()) {
      sink.file(name, path);
    } else {
      sink.refuse(Names.shown(name) + " is neither a file nor a directory");
    }
  }

  private void follow(Path link, String name) throws IOException {
    if (!Files.exists(link)) {
      sink.refuse(
          Names.shown(name)
              + " is a link to "
              + Files.readSymbolicLink(link)
              + ", which is nothing");
      return;
    }
    Path real = link.toRealPath();
    if (real.startsWith(root)) {
      take(real, name);
    } else {
      sink.refuse(Names.shown(name) + " is a link that leaves its directory, to " + real);
    }
  }
}
