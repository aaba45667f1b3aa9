package dev.cutover.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown page. */
public record Page(Path path, String text) {

  private static final Pattern FENCE =
      Pattern.compile("(?m)^( *)```([a-z]*)\\n(.*?)^\\1```$", Pattern.DOTALL);

  /** An example in a fence; {@code line} is where it starts. */
  public record Example(Page page, int line, String language, String text) {
    @Override
    public String toString() {
      return page + ":" + line;
    }
  }

  /** The README, what contributors read, and the pages of the guide. */
  static List<Page> all() {
    try (Stream<Path> guide = Files.list(Path.of("docs"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), guide.sorted())
          .filter(path -> path.toString().endsWith(".md"))
          .map(Page::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Page read(Path path) {
    try {
      return new Page(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Example> examples(String language) {
    List<Example> examples = new ArrayList<>();
    Matcher fence = FENCE.matcher(text);
    while (fence.find()) {
      if (fence.group(2).equals(language)) {
        int line = (int) text.substring(0, fence.start()).lines().count() + 1;
        examples.add(new Example(this, line, language, fence.group(3).stripIndent()));
      }
    }
    return examples;
  }

  /** The cells of each row below the heading {@code ## title}, without the head of the table. */
  List<List<String>> table(String title) {
    String section = text.substring(text.indexOf("\n## " + title + "\n") + 4);
    int end = section.indexOf("\n## ");
    return (end < 0 ? section : section.substring(0, end))
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> Stream.of(line.substring(1).split("(?<!\\\\)\\|")).map(String::strip).toList())
        .toList();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
