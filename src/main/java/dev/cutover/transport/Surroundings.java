package dev.cutover.transport;

import java.util.Locale;
import java.util.Map;

/** What a process that is started on this machine inherits from this one. */
public final class Surroundings {

  /** Variables that are meant for this plugin alone: among them are the secrets. */
  private static final String OURS = "CUTOVER_";

  private Surroundings() {}

  /** Takes out what is meant for this plugin alone: daemons keep their environment for years. */
  public static void withoutOurs(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.toUpperCase(Locale.ROOT).startsWith(OURS));
  }
}
