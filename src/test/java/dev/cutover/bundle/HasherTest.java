package dev.cutover.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.domain.Listing;
import dev.cutover.error.CutoverException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HasherTest {

  private final Path directory;
  private final Tree tree = new Tree();

  HasherTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theEntriesComeInTheOrderOfTheListing() throws IOException {
    file("a", "1");
    file("b", "22");

    assertThat(Hasher.start(tree, listing(1, 2)).entries())
        .extracting(entry -> entry.path() + " " + entry.size())
        .containsExactly("a 1", "b 2");
  }

  @Test
  void filesThatChangedOrWentMeanwhileAreAllNamed() throws IOException {
    file("a", "longer than it was");
    file("b", "gone");
    Files.delete(directory.resolve("b"));
    Hasher hasher = Hasher.start(tree, listing(3, 4));

    assertThatThrownBy(hasher::entries)
        .isInstanceOf(CutoverException.class)
        .hasMessageContaining("a: java.io.IOException: it had 3 bytes and has 18 now")
        .hasMessageContaining("b: java.nio.file.NoSuchFileException");
  }

  private void file(String name, String content) throws IOException {
    Path source = Files.writeString(directory.resolve(name), content);
    tree.file(name, new Tree.Leaf("<file>", source, 0644));
  }

  private static Listing listing(long a, long b) {
    return new Listing(List.of(new Listing.Item("a", a, 0644), new Listing.Item("b", b, 0644)));
  }
}
