package dev.cutover.transport.local;

import dev.cutover.transport.Connection;
import dev.cutover.transport.RealHostContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The contract on hosts with other tools. */
@Tag("proof")
abstract class BoxedHostTest extends RealHostContract {

  private final List<ToolBox> boxes = new ArrayList<>();

  abstract ToolBox box(Path directory);

  @Override
  protected Connection connect() throws Exception {
    ToolBox box = box(Files.createTempDirectory(scratch(), "tools"));
    boxes.add(box);
    return box.connect();
  }

  @AfterEach
  void removeBoxes() throws IOException {
    for (ToolBox box : boxes) {
      box.close();
    }
  }
}
