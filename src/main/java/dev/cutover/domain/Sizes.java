package dev.cutover.domain;

import java.util.Locale;

/** Byte counts as people read them, in powers of ten as disks and networks are sold. */
public final class Sizes {

  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Sizes() {}

  /** E.g. {@code 512 B}, {@code 1.2 MB}. */
  public static String text(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.95 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
