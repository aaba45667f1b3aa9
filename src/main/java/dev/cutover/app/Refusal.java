package dev.cutover.app;

import dev.cutover.error.CutoverException;

/** The goal cannot be carried out on these hosts as they are; nothing was done. */
final class Refusal extends CutoverException {
  private static final long serialVersionUID = 1L;

  Refusal(String happened, String next) {
    super(happened, next);
  }
}
