package dev.cutover.bundle;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What goes into a release, in the order it was configured.
 *
 * @param items later items may not write a path an earlier one wrote
 */
public record BundleSpec(List<Item> items) {

  public BundleSpec {
    items = List.copyOf(items);
  }

  /**
   * One source.
   *
   * @param place where the configuration names it, for problems, e.g. {@code
   *     <bundle><files><file>[2]}
   * @param source a file, a directory (its contents are taken), or with {@code unpack} an archive
   * @param as the path in the release, {@code /} between segments; {@code .} is the release itself;
   *     for a file the name it gets
   * @param unpack whether {@code source} is a zip, jar, tar, tar.gz or tgz whose contents are taken
   * @param executables globs relative to {@code as}; what they match gets 0755
   * @param mode of its files that are not executables; absent: 0644
   */
  public record Item(
      String place,
      Path source,
      String as,
      boolean unpack,
      List<String> executables,
      OptionalInt mode) {
    public Item {
      executables = List.copyOf(executables);
    }
  }
}
