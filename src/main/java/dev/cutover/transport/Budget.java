package dev.cutover.transport;

/**
 * How much a host may say. Whatever it says is kept in memory until it is understood, so that
 * without these a broken host, or one that somebody else has taken, would end the client.
 */
enum Budget {
  /** A drift of 20,000 files is one line of them, each byte as three. */
  LINE(Lines.LONGEST - 1L, "bytes in a line"),

  /** It is rewritten from 1 MiB on; a host that never could has room for years. */
  JOURNAL(32L << 20, "bytes of its journal"),

  /** A journal, and all else beside it. */
  BYTES(40L << 20, "bytes in a reply"),

  /** A journal's records, of 100 bytes, and a line between each two. */
  LINES(800_000, "lines in a reply"),

  /**
   * What a command of the user's writes is passed on and not kept; it is in the log of its release.
   */
  OUTPUT(4L << 30, "bytes of output in a reply"),

  /** One for each command that earlier runs left, at most. */
  VALUES(10_000, "values of an operation");

  /** Of what tools say of a failure, for people. */
  static final int MESSAGE_LINES = 200;

  /** Of a line among those. */
  static final int MESSAGE_LINE = 2000;

  private final long limit;
  private final String words;

  Budget(long limit, String words) {
    this.limit = limit;
    this.words = words;
  }

  /**
   * Makes sure that {@code spent} is within the budget.
   *
   * @throws NotUnderstood if it is not
   */
  void check(long spent) {
    if (spent > limit) {
      throw new NotUnderstood("what it says was cut off: more than %d %s".formatted(limit, words));
    }
  }
}
