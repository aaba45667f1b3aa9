package dev.cutover.mojo.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code <migrations>}: any number of {@code <migration>}, and what holds for all of them. */
public final class MigrationsXml {
  final List<MigrationXml> all = new ArrayList<>();
  @Nullable String probeOld;

  /** Called by Maven for each {@code <migration>}. */
  public void setMigration(MigrationXml migration) {
    all.add(migration);
  }
}
