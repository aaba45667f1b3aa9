package dev.cutover.domain;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The bytes of a release, read as a stream and never held in memory. */
public interface Payload {

  /** The files, in path order: known at once. */
  default Listing files() {
    return Listing.of(manifest());
  }

  /**
   * The files with their digests, in path order. Waits until each has been read.
   *
   * @throws dev.cutover.error.CutoverException when one could not be read, or changed meanwhile
   */
  Manifest manifest();

  /** Directories that must exist although no file lies in them, relative, in path order. */
  List<String> emptyDirectories();

  /** Opens one of the files by its path; the caller closes it. */
  InputStream open(String path) throws IOException;
}
