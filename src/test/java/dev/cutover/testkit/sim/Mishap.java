package dev.cutover.testkit.sim;

/** What can go wrong at a point of a script: before the very next thing the host does. */
public enum Mishap {
  /** The client dies, and the script with it. */
  CRASH,
  /** The client dies, and the script with it, and nobody comes for a long time. */
  FORGOTTEN,
  /** The client dies; the script goes on to its end. */
  CRASH_LATER,
  /** What the host does next fails without effect. */
  ERROR,
  /** The link breaks, and the script with it. */
  CUT,
  /** The link breaks; the script goes on to its end, and its reply is lost. */
  LOST,
  /** The link falls silent; the script goes on, and the client notices after a while. */
  HANG,
  /** The link falls silent and the client dies: nothing tells the host of it. */
  SILENT_DEATH,
  /** Like LOST, and the host cannot be reached for longer than the client is patient. */
  AWAY,
  /** The file that is uploaded next arrives cut short, and nobody says so. */
  DAMAGE,
  /** The disk is full from here on. */
  NO_SPACE,
  /** The host reboots in good order. */
  REBOOT,
  /** The power fails on the host: all that was not synced is gone. */
  POWER,
  /** The power fails on the host: some of what was not synced is gone. */
  POWER_SOME,
  /** The power fails on the host, and the client dies. */
  POWER_BOTH;

  boolean power() {
    return this == POWER || this == POWER_SOME || this == POWER_BOTH;
  }

  /** Whether it can meet a script that no client waits for. */
  public boolean strikesAlone() {
    return this == CRASH || this == ERROR || this == NO_SPACE || this == REBOOT || power();
  }

  /** Whether the script ends there and then. */
  boolean endsScript() {
    return this == CRASH || this == FORGOTTEN || this == CUT || this == REBOOT || power();
  }

  boolean endsClient() {
    return this == CRASH
        || this == FORGOTTEN
        || this == CRASH_LATER
        || this == SILENT_DEATH
        || this == POWER_BOTH;
  }
}
