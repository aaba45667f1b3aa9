package dev.cutover.mojo.config;

import org.jspecify.annotations.Nullable;

/** {@code <build>}. */
public final class CommandXml {
  @Nullable String run;
  @Nullable String timeout;
}
