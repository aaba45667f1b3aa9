package dev.cutover.domain;

import java.util.Locale;

/** What the user asked for. */
public enum Goal {
  BUNDLE,
  RELEASE,
  STAGE,
  ACTIVATE,
  ROLLBACK,
  STATUS,
  HISTORY,
  PLAN,
  CHECK,
  RECOVER,
  RESTORE,
  UNLOCK,
  PRUNE,
  DISCARD,
  VERIFY;

  /** As typed after {@code deploy:}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
