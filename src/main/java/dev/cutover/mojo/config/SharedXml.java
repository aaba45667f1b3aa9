package dev.cutover.mojo.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code <shared>}. */
public final class SharedXml {
  @Nullable List<String> dirs;
  @Nullable List<String> files;
}
