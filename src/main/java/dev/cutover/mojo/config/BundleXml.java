package dev.cutover.mojo.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code <bundle>}. */
public final class BundleXml {
  @Nullable List<FileXml> files;
  @Nullable String dependencies;
}
