package dev.cutover.mojo.config;

import org.jspecify.annotations.Nullable;

/** {@code <hooks><hook>}. */
public final class HookXml {
  @Nullable String at;
  @Nullable String run;
  @Nullable String undo;
  @Nullable String on;
  @Nullable String timeout;
}
