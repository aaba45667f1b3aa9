package dev.cutover.mojo.config;

import org.jspecify.annotations.Nullable;

/** {@code <health><checks><check>}. */
public final class CheckXml {
  @Nullable String http;
  @Nullable String status;
  @Nullable String contains;
  @Nullable String jsonPointer;
  @Nullable String equals;
  @Nullable String tcp;
  @Nullable String command;
  @Nullable String via;
}
