package dev.cutover.report;

/** Where the lines a person reads go. A call is one line, without a line end. */
public interface Console {

  void info(String line);

  /** Something to act on some day. */
  void warn(String line);

  /** Part of the account of a failure. */
  void error(String line);
}
