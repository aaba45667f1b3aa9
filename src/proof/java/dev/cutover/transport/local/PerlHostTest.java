package dev.cutover.transport.local;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Hosts without the tools of Linux, as macOS and the BSDs, with perl 5. */
@Tag("proof")
class PerlHostTest extends BoxedHostTest {

  @Override
  ToolBox box(Path directory) {
    return ToolBox.likeBsd(directory);
  }
}
