package dev.cutover.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cutover.bundle.BundleSpec.Item;
import dev.cutover.domain.Manifest;
import dev.cutover.domain.Payload;
import dev.cutover.domain.Problem;
import dev.cutover.error.BadParametersException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Short words for bundles in tests, all below one directory. */
final class Bundles {

  private final Path directory;

  Bundles(Path directory) {
    this.directory = directory;
  }

  /** Writes a file of the project, with the directories above it. */
  Path file(String name, String content) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  /** An item placed {@code <source>} that is taken as it is. */
  Item item(String source, String as) {
    return new Item("<" + source + ">", path(source), as, false, List.of(), OptionalInt.empty());
  }

  /** As {@link #item}, with globs of executables. */
  Item item(String source, String as, String... executables) {
    return new Item(
        "<" + source + ">", path(source), as, false, List.of(executables), OptionalInt.empty());
  }

  /** An archive that is unpacked. */
  Item archive(String source, String as, String... executables) {
    return new Item(
        "<" + source + ">", path(source), as, true, List.of(executables), OptionalInt.empty());
  }

  Payload assemble(Item... items) {
    return new BundleAssembler(path("target/deploy/unpacked"))
        .assemble(new BundleSpec(List.of(items)));
  }

  /** The problems of a bundle that must be refused, as {@code place: message}. */
  List<String> problems(Item... items) {
    try {
      assemble(items);
    } catch (BadParametersException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
    throw new AssertionError("was not refused");
  }

  /** The content of each file, in the order of the manifest. */
  static Map<String, String> contents(Payload payload) {
    Map<String, String> contents = new LinkedHashMap<>();
    for (Manifest.Entry entry : payload.manifest().entries()) {
      try (InputStream in = payload.open(entry.path())) {
        contents.put(entry.path(), new String(in.readAllBytes(), UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return contents;
  }

  /** The mode of each file, in the order of the manifest. */
  static Map<String, Integer> modes(Payload payload) {
    Map<String, Integer> modes = new LinkedHashMap<>();
    payload.manifest().entries().forEach(entry -> modes.put(entry.path(), entry.mode()));
    return modes;
  }
}
