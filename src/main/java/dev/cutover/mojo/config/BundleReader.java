package dev.cutover.mojo.config;

import dev.cutover.bundle.BundleSpec;
import dev.cutover.bundle.BundleSpec.Item;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a release is made of. */
final class BundleReader {

  private final Values values;
  private final PathsReader paths;
  private final ProjectFacts project;

  BundleReader(Values values, ProjectFacts project) {
    this.values = values;
    this.paths = new PathsReader(values);
    this.project = project;
  }

  BundleSpec read(@Nullable BundleXml xml) {
    List<Item> items = new ArrayList<>();
    List<FileXml> files = xml == null ? List.of() : Values.listed(xml.files);
    int number = 0;
    for (FileXml file : files) {
      item("<bundle><files><file>[" + ++number + "]", file).ifPresent(items::add);
    }
    if (files.isEmpty()) {
      main().ifPresent(items::add);
    } else {
      refuseArtifactWithoutPlace(items);
    }
    paths
        .inside("<bundle><dependencies>", xml == null ? null : xml.dependencies)
        .ifPresent(directory -> items.addAll(dependencies(directory)));
    return new BundleSpec(items);
  }

  private Optional<Item> main() {
    if (project.main().isEmpty()) {
      values.problem(
          "<bundle><files>",
          "is missing, and no artifact of this module's was built to release instead: put `package`"
              + " before the goal");
    }
    return project
        .main()
        .map(
            main ->
                new Item(
                    "<bundle>", main.file(), main.name(), false, List.of(), OptionalInt.empty()));
  }

  /** Published bytes replace the module's artifact; somewhere it must have been wanted. */
  private void refuseArtifactWithoutPlace(List<Item> items) {
    boolean promoted = project.main().filter(main -> main.stands().isPresent()).isPresent();
    Optional<Path> bytes = project.main().map(ProjectFacts.Main::file);
    if (promoted && items.stream().noneMatch(item -> Optional.of(item.source()).equals(bytes))) {
      values.problem(
          "deploy.artifact", "has no place: no <file> of the bundle is the module's own artifact");
    }
  }

  private Optional<Item> item(String place, FileXml xml) {
    Optional<Path> source = source(place + "<source>", xml.source);
    boolean unpack = values.flag(place + "<unpack>", xml.unpack, false);
    Optional<String> as =
        ".".equals(xml.as) ? Optional.of(".") : paths.inside(place + "<as>", xml.as);
    String fallback = unpack ? "." : source.map(Path::getFileName).map(Path::toString).orElse(".");
    List<String> executables = globs(place + "<executables>", xml.executables);
    OptionalInt mode = mode(place + "<mode>", xml.mode);
    return source.map(
        path -> new Item(place, path, as.orElse(fallback), unpack, executables, mode));
  }

  private Optional<Path> source(String place, @Nullable String value) {
    if (value == null || value.isBlank()) {
      values.problem(place, "is missing");
      return Optional.empty();
    }
    Optional<String> line = values.line(place, value);
    try {
      Optional<Path> path =
          line.map(text -> project.directory().resolve(text).toAbsolutePath().normalize());
      return path.map(this::promoted);
    } catch (InvalidPathException e) {
      values.problem(place, "is no path here: " + e.getReason());
      return Optional.empty();
    }
  }

  private Path promoted(Path source) {
    return project
        .main()
        .filter(main -> main.stands().filter(source::equals).isPresent())
        .map(ProjectFacts.Main::file)
        .orElse(source);
  }

  private List<String> globs(String place, @Nullable String value) {
    List<String> globs =
        Arrays.stream((value == null ? "" : value).split(","))
            .map(glob -> values.line(place, glob.trim()))
            .flatMap(Optional::stream)
            .toList();
    for (String glob : globs) {
      if (glob.startsWith("/") || Arrays.asList(glob.split("/", -1)).contains("..")) {
        values.problem(place, Values.quoted(glob) + " leaves the bundle");
      }
    }
    return globs;
  }

  private OptionalInt mode(String place, @Nullable String value) {
    Optional<String> text = values.line(place, value).map(String::trim);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.get().matches("0?[4-7][0-7]{2}")) {
      values.problem(
          place, Values.quoted(text.get()) + " is no mode its owner can read: write e.g. 0640");
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(text.get(), 8));
  }

  private List<Item> dependencies(String directory) {
    Map<String, Long> names =
        project.dependencies().stream()
            .collect(
                Collectors.groupingBy(
                    d -> d.name().toLowerCase(Locale.ROOT), Collectors.counting()));
    return project.dependencies().stream()
        .map(
            d ->
                new Item(
                    "<bundle><dependencies>",
                    d.file(),
                    directory
                        + "/"
                        + (names.getOrDefault(d.name().toLowerCase(Locale.ROOT), 1L) > 1
                            ? d.groupId() + "-"
                            : "")
                        + d.name(),
                    false,
                    List.of(),
                    OptionalInt.empty()))
        .toList();
  }
}
