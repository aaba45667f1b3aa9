package dev.cutover.mojo.config;

import org.jspecify.annotations.Nullable;

/** {@code <migrations><migration>}. */
public final class MigrationXml {
  @Nullable String id;
  @Nullable String preset;
  @Nullable String up;
  @Nullable String down;
  @Nullable String check;
  @Nullable String version;
  @Nullable String backup;
  @Nullable String restore;
  @Nullable String on;
  @Nullable String timeout;
  @Nullable String undoOrder;
  @Nullable String probeOld;
  @Nullable String forward;
}
