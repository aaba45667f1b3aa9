package dev.cutover.domain;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The bytes of a release, read as a stream and never held in memory. */
public interface Payload {

  /** The files, in path order. */
  Manifest manifest();

  /** Directories that must exist although no file lies in them, relative, in path order. */
  List<String> emptyDirectories();

  /** Opens one file of the manifest; the caller closes it. */
  InputStream open(Manifest.Entry entry) throws IOException;
}
