package dev.cutover.testkit.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The presets that are built in, as they are sent to a host. */
public final class Presets {

  public static final List<String> NAMES =
      List.of("django", "flyway", "laravel", "liquibase", "rails", "sql");

  private Presets() {}

  /** What defines the functions of a preset and calls one of them. */
  public static String call(String preset, String function) {
    return text("common") + text(preset) + "\n" + function + "\n";
  }

  private static String text(String name) {
    try (InputStream in =
        Presets.class.getResourceAsStream("/dev/cutover/preset/" + name + ".sh")) {
      if (in == null) {
        throw new IllegalArgumentException("no preset " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
