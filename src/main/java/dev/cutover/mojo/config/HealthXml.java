package dev.cutover.mojo.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code <health>}, or the one URL or command of {@code deploy.health}. */
public final class HealthXml {
  @Nullable String timeout;
  @Nullable String interval;
  @Nullable String successes;
  @Nullable List<CheckXml> checks;
  @Nullable String only;

  /** Called by Maven when the value is a plain text. */
  public void set(String urlOrCommand) {
    only = urlOrCommand;
  }
}
