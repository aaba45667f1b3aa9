package dev.cutover.domain;

import java.util.Locale;
import java.util.Optional;

/** A command of the user's at a fixed point of the run. */
public record Hook(Point at, Command run, Optional<Command> undo, Where on) {

  /** Where hooks stand. */
  public enum Point {
    BEFORE_SEAL,
    BEFORE_SWITCH,
    AFTER_SWITCH,
    /** Failing only warns. */
    AFTER_COMMIT,
    /** Failing only warns. */
    AFTER_REVERT;

    /** As written in the configuration, e.g. {@code before-switch}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
