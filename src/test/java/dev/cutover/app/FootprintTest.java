package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.testkit.host.TestPayload;
import org.junit.jupiter.api.Test;

class FootprintTest {

  @Test
  void aSmallFileTakesAWholeBlockAndEachDirectoryToo() {
    Footprint nothing = Footprint.of(new TestPayload(), 0);
    Footprint some =
        Footprint.of(
            new TestPayload().with("a/b/one", "1").with("a/b/two", "2").withEmpty("a/c/d"), 0);

    // Two files, the directories a, a/b, a/c and a/c/d, and a manifest as it came and as it is
    // kept.
    assertThat(some.bytes() - nothing.bytes()).isEqualTo((2 + 4 + 2) * 4096L);
    assertThat(some.inodes() - nothing.inodes()).isEqualTo(2 + 4);
  }

  @Test
  void aLinkIntoSharedTakesAnInode() {
    assertThat(Footprint.of(new TestPayload(), 3).inodes())
        .isEqualTo(Footprint.of(new TestPayload(), 0).inodes() + 3);
  }
}
