package dev.cutover.mojo.config;

import org.jspecify.annotations.Nullable;

/** {@code <bundle><files><file>}. */
public final class FileXml {
  @Nullable String source;
  @Nullable String as;
  @Nullable String unpack;
  @Nullable String executables;
  @Nullable String mode;
}
