package dev.cutover.transport.local;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Hosts whose sh is bash, as on Red Hat. */
@Tag("proof")
class BashHostTest extends BoxedHostTest {

  @Override
  ToolBox box(Path directory) {
    return ToolBox.withShell(directory, "bash");
  }
}
