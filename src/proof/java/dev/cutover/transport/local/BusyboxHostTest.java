package dev.cutover.transport.local;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Hosts whose tools are busybox, as on Alpine, and flock. */
@Tag("proof")
class BusyboxHostTest extends BoxedHostTest {

  @Override
  ToolBox box(Path directory) {
    return ToolBox.busybox(directory);
  }
}
