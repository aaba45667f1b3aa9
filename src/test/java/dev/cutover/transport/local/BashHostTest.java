package dev.cutover.transport.local;

import java.nio.file.Path;

/** Hosts whose sh is bash, as on Red Hat. */
class BashHostTest extends BoxedHostTest {

  @Override
  ToolBox box(Path directory) {
    return ToolBox.withShell(directory, "bash");
  }
}
