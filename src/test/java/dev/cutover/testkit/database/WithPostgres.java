package dev.cutover.testkit.database;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Tests that share one PostgreSQL of their own; skipped where there is none. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class WithPostgres {

  public final Postgres postgres = Postgres.start();

  @AfterAll
  public void stop() throws IOException {
    postgres.close();
  }
}
