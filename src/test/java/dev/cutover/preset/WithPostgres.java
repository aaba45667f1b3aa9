package dev.cutover.preset;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Tests that share one PostgreSQL of their own; skipped where there is none. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class WithPostgres {

  final Postgres postgres = Postgres.start();

  @AfterAll
  void stop() throws IOException {
    postgres.close();
  }
}
