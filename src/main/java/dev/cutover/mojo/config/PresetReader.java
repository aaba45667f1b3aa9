package dev.cutover.mojo.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds a preset: one that is built in, by its name, or the user's own, by its path. */
final class PresetReader {

  private static final String FOLDER = "/dev/cutover/preset/";

  /** What those that are built in have in common; it comes before each. */
  private static final String COMMON = "common";

  private static final List<String> NAMES =
      List.of("django", "flyway", "laravel", "liquibase", "rails", "sql");

  private final Values values;
  private final Path directory;

  PresetReader(Values values, Path directory) {
    this.values = values;
    this.directory = directory;
  }

  /** {@link Preset#NONE} when none is written, nothing when what is written cannot be had. */
  Optional<Preset> read(String place, @Nullable String written) {
    Optional<String> name = values.line(place, written).map(String::trim);
    if (name.isEmpty()) {
      return written == null || written.isBlank() ? Optional.of(Preset.NONE) : Optional.empty();
    }
    if (name.get().equals("none")) {
      return Optional.of(Preset.NONE);
    }
    boolean path = name.get().contains("/") || name.get().endsWith(".sh");
    Optional<String> text = path ? own(place, name.get()) : builtIn(place, name.get());
    return text.map(t -> new Preset(name.get(), t));
  }

  private Optional<String> builtIn(String place, String name) {
    Optional<String> text = NAMES.contains(name) ? resource(name) : Optional.empty();
    if (text.isEmpty()) {
      List<String> known = NAMES.stream().filter(n -> resource(n).isPresent()).toList();
      values.problem(
          place,
          "%s is no preset: write one of %s, or the path of your own, e.g. src/deploy/tool.sh"
              .formatted(Values.quoted(name), String.join(", ", known)));
    }
    return text.flatMap(own -> resource(COMMON).map(common -> common + own));
  }

  private static Optional<String> resource(String name) {
    try (InputStream in = PresetReader.class.getResourceAsStream(FOLDER + name + ".sh")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> own(String place, String name) {
    try {
      Path file = directory.resolve(name);
      if (!Files.isRegularFile(file)) {
        values.problem(place, "there is no file " + Values.quoted(name) + " in " + directory);
        return Optional.empty();
      }
      Optional<String> text = values.text(place, Files.readString(file));
      if (text.isPresent() && new Preset(name, text.get()).functions().isEmpty()) {
        values.problem(
            place, Values.quoted(name) + " defines no function: begin a line with e.g. up() {");
        return Optional.empty();
      }
      return text;
    } catch (CharacterCodingException e) {
      values.problem(place, Values.quoted(name) + " is no text in UTF-8");
    } catch (InvalidPathException e) {
      values.problem(place, "is no path here: " + e.getReason());
    } catch (IOException e) {
      values.problem(place, Values.quoted(name) + " cannot be read");
    }
    return Optional.empty();
  }
}
