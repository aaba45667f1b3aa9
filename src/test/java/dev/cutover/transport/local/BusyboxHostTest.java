package dev.cutover.transport.local;

import java.nio.file.Path;

/** Hosts whose tools are busybox, as on Alpine, and flock. */
class BusyboxHostTest extends BoxedHostTest {

  @Override
  ToolBox box(Path directory) {
    return ToolBox.busybox(directory);
  }
}
