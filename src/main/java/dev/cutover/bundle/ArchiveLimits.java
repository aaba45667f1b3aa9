package dev.cutover.bundle;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much one archive may unpack to. A few kilobytes can hold what fills a disk, or what never
 * comes to its end: a release is far below each of these.
 */
final class ArchiveLimits {

  static final int ENTRIES = 200_000;

  /** Files, directories and links that links bring once more. */
  static final int LINKED = 50_000;

  /** Of names, between slashes. */
  static final int DEPTH = 100;

  /** All of it; as large as a disk of a small server. */
  static final long BYTES = 16L << 30;

  /** Beyond this, it may be {@link #RATIO} times the archive. Text becomes ten times as long. */
  static final long FREELY = 1L << 30;

  static final int RATIO = 100;

  /** Of what stands between two files: a name, a link's target, attributes. */
  static final long HEADER = 1L << 20;

  /** An archive goes beyond them. */
  static final class ExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    ExceededException(String what) {
      super(what);
    }
  }

  private final long most;
  private long bytes;
  private int entries;
  private int linked;
  private String at = "";

  ArchiveLimits(long archiveBytes) {
    this.most = Math.min(BYTES, Math.max(FREELY, archiveBytes * RATIO));
  }

  static ArchiveLimits of(Path archive) throws IOException {
    return new ArchiveLimits(Files.size(archive));
  }

  /** Comes to an entry. */
  void entry(String name) throws ExceededException {
    at = name;
    if (++entries > ENTRIES) {
      throw exceeded("more than " + ENTRIES + " entries");
    }
    shallow(name);
  }

  /** Comes to what a link brings once more. */
  void linked(String name) throws ExceededException {
    at = name;
    if (++linked > LINKED) {
      throw exceeded("links that lead to more than " + LINKED + " files and directories");
    }
    shallow(name);
  }

  private void shallow(String name) throws ExceededException {
    if (name.chars().filter(c -> c == '/').count() >= DEPTH) {
      throw exceeded("more than " + DEPTH + " directories in each other");
    }
  }

  /** Takes so many bytes. */
  void take(long count) throws ExceededException {
    bytes += count;
    if (bytes > most) {
      throw exceeded("more than " + most + " bytes, with what its links lead to");
    }
  }

  private ExceededException exceeded(String what) {
    return new ExceededException("holds " + what + ", at " + Names.shown(at));
  }

  /** {@code in}, whose bytes are taken as they are read. */
  Metered metered(InputStream in) {
    return new Metered(in);
  }

  /** A stream whose headers are short. */
  final class Metered extends FilterInputStream {
    private long header = Long.MAX_VALUE;

    private Metered(InputStream in) {
      super(in);
    }

    /** What follows is a header, until {@link #content}. */
    void header() {
      header = HEADER;
    }

    void content() {
      header = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(Math.max(0, read));
      return read;
    }

    @Override
    public long skip(long n) throws IOException {
      long skipped = super.skip(n);
      count(skipped);
      return skipped;
    }

    private void count(long read) throws ExceededException {
      take(read);
      header -= read;
      if (header < 0) {
        throw exceeded("a name or attributes of more than " + HEADER + " bytes, after the entry");
      }
    }
  }
}
