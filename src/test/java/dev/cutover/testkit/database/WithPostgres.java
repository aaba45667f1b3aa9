package dev.cutover.testkit.database;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests that share one PostgreSQL of their own, each with a database of its own, side by side;
 * skipped where there is none.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
public abstract class WithPostgres {

  public final Postgres postgres = Postgres.start();

  @AfterAll
  public void stop() throws IOException {
    postgres.close();
  }
}
