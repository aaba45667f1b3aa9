package dev.cutover.testkit.database;

import dev.cutover.testkit.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A migration tool, with the small project in the resources that is tried with it. */
public enum MigrationTool {
  SQL(true, "cutover_migrations"),
  FLYWAY(false, "flyway_schema_history"),
  LIQUIBASE(true, "databasechangelog databasechangeloglock"),
  DJANGO(true, "django_migrations"),
  RAILS(true, "schema_migrations"),
  LARAVEL(true, "migrations");

  private static final Path RESOURCES = Path.of("src/test/resources/dev/cutover/preset");

  private final boolean down;
  private final String ledgers;

  MigrationTool(boolean down, String ledgers) {
    this.down = down;
    this.ledgers = ledgers;
  }

  public String preset() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether what it applied can be taken back. */
  public boolean down() {
    return down;
  }

  /** The tables in which it keeps what it did. */
  public List<String> ledgers() {
    return List.of(ledgers.split(" "));
  }

  /** The Debian package to install, when the tool is not here. */
  public Optional<String> missing() {
    return switch (this) {
      case DJANGO -> missing("/usr/lib/python3/dist-packages/django", "python3-django");
      case RAILS -> missing("/usr/bin/rails", "ruby-rails");
      case LARAVEL -> missing("/usr/share/php/Illuminate", "php-laravel-framework");
      case SQL, FLYWAY, LIQUIBASE -> Optional.empty();
    };
  }

  private static Optional<String> missing(String path, String name) {
    return Files.exists(Path.of(path)) ? Optional.empty() : Optional.of(name);
  }

  /** The files of release {@code number} of the project: 1 or 2. */
  public List<Path> files(int number) {
    List<Path> folders = new ArrayList<>();
    for (int i = 1; i <= number; i++) {
      folders.add(RESOURCES.resolve(preset()).resolve(Integer.toString(i)));
    }
    return folders;
  }

  /** Its settings, but for where the database is. */
  public List<String> settings() {
    return switch (this) {
      case SQL, LARAVEL -> List.of();
      case FLYWAY ->
          List.of(
              "FLYWAY='"
                  + java("org.flywaydb.commandline.Main")
                  + " -skipCheckForUpdate -locations=filesystem:sql'",
              "REDGATE_DISABLE_TELEMETRY=true");
      case LIQUIBASE ->
          List.of(
              "LIQUIBASE='" + java("liquibase.integration.commandline.LiquibaseCommandLine") + "'",
              "LIQUIBASE_COMMAND_CHANGELOG_FILE=db/changelog.sql");
      case DJANGO -> List.of("PYTHON=/usr/bin/python3", "PYTHONDONTWRITEBYTECODE=1");
      case RAILS -> List.of("RAKE=rake");
    };
  }

  /** The test's own class path has the tool. */
  private static String java(String main) {
    return Jvm.java()
        + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp "
        + System.getProperty("java.class.path")
        + " "
        + main;
  }
}
