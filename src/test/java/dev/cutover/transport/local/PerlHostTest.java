package dev.cutover.transport.local;

import java.nio.file.Path;

/** Hosts without the tools of Linux, as macOS and the BSDs, with perl 5. */
class PerlHostTest extends BoxedHostTest {

  @Override
  ToolBox box(Path directory) {
    return ToolBox.likeBsd(directory);
  }
}
