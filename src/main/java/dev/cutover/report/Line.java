package dev.cutover.report;

/** One line for the console and how loud it is. */
record Line(Level level, String text) {

  /** How loud a line is. */
  enum Level {
    INFO,
    WARN,
    ERROR
  }

  static Line info(String text) {
    return new Line(Level.INFO, text);
  }

  static Line warn(String text) {
    return new Line(Level.WARN, text);
  }

  static Line error(String text) {
    return new Line(Level.ERROR, text);
  }

  /** Prints itself, with every control character made visible. */
  void print(Console console) {
    String shown = Visible.of(text).stripTrailing();
    switch (level) {
      case INFO -> console.info(shown);
      case WARN -> console.warn(shown);
      case ERROR -> console.error(shown);
    }
  }
}
